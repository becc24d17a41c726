package io.respoke.architecture;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the public and protected signatures of types as text, one member a line, in an order that
 * does not depend on the compiler. What a record or an enum has by its nature is left out.
 */
final class Signatures {
  private static final Set<String> OF_OBJECT = Set.of("equals", "hashCode", "toString");

  private final StringBuilder out = new StringBuilder();
  private final String home;

  private Signatures(String home) {
    this.home = home;
  }

  /** The text for the visible types of one package. */
  static String of(String packageName, Collection<Class<?>> types) {
    Signatures signatures = new Signatures(packageName);
    signatures.line("package " + packageName);
    types.stream()
        .filter(Signatures::isVisible)
        .sorted(Comparator.comparing(Class::getName))
        .forEach(signatures::type);
    return signatures.out.toString();
  }

  private static boolean isVisible(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getDeclaringClass()) {
      if (c.isAnonymousClass() || c.isLocalClass() || c.isSynthetic() || !seen(c.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private static boolean seen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private void type(Class<?> type) {
    line("");
    line(header(type));
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        line("  " + ((Enum<?>) constant).name());
      }
    }
    List<Member> members = new ArrayList<>();
    for (Field field : type.getDeclaredFields()) {
      if (seen(field.getModifiers()) && !field.isSynthetic() && !field.isEnumConstant()) {
        members.add(new Member(field.getName(), field(field)));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (seen(constructor.getModifiers())
          && !constructor.isSynthetic()
          && !isCanonical(type, constructor)) {
        members.add(new Member("", constructor(constructor)));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (seen(method.getModifiers()) && !isImplied(type, method)) {
        members.add(new Member(method.getName(), method(method)));
      }
    }
    members.stream()
        .sorted(Comparator.comparing(Member::name).thenComparing(Member::text))
        .forEach(member -> line("  " + member.text()));
  }

  private record Member(String name, String text) {}

  private String header(Class<?> type) {
    StringBuilder text = new StringBuilder(annotations(type));
    int modifiers = type.getModifiers() & ~(Modifier.PUBLIC | Modifier.INTERFACE);
    if (type.isInterface()) {
      modifiers &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    } else if (type.isEnum() || type.isRecord()) {
      modifiers &= ~(Modifier.FINAL | Modifier.STATIC | Modifier.ABSTRACT);
    }
    text.append(modifiers(modifiers));
    if (type.isSealed()) {
      text.append("sealed ");
    }
    text.append(
        type.isAnnotation()
            ? "@interface "
            : type.isInterface()
                ? "interface "
                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ");
    text.append(name(type)).append(typeParameters(type.getTypeParameters()).stripTrailing());
    if (type.isRecord()) {
      text.append(
          Arrays.stream(type.getRecordComponents())
              .map(this::component)
              .collect(Collectors.joining(", ", "(", ")")));
    }
    AnnotatedType parent = type.getAnnotatedSuperclass();
    if (parent != null && parent.getType() != Object.class && !type.isRecord() && !type.isEnum()) {
      text.append(" extends ").append(text(parent));
    }
    List<String> interfaces =
        Stream.of(type.getAnnotatedInterfaces())
            .filter(i -> i.getType() != Annotation.class)
            .map(this::text)
            .sorted()
            .toList();
    if (!interfaces.isEmpty()) {
      text.append(type.isInterface() ? " extends " : " implements ")
          .append(String.join(", ", interfaces));
    }
    if (type.isSealed()) {
      text.append(
          Stream.of(type.getPermittedSubclasses())
              .filter(Signatures::isVisible)
              .map(this::name)
              .sorted()
              .collect(Collectors.joining(", ", " permits ", "")));
    }
    return text.toString();
  }

  private String component(RecordComponent component) {
    return text(component.getAnnotatedType()) + ' ' + component.getName();
  }

  private String field(Field field) {
    String text =
        annotations(field)
            + modifiers(field.getModifiers() & ~Modifier.PUBLIC)
            + text(field.getAnnotatedType())
            + ' '
            + field.getName();
    boolean inlined =
        Modifier.isStatic(field.getModifiers())
            && Modifier.isFinal(field.getModifiers())
            && (field.getType().isPrimitive() || field.getType() == String.class);
    if (!inlined) {
      return text;
    }
    try {
      Object value = field.get(null);
      return text + " = " + (value instanceof String ? "\"" + value + "\"" : value);
    } catch (IllegalAccessException e) {
      return text;
    }
  }

  private String constructor(Constructor<?> constructor) {
    return annotations(constructor)
        + modifiers(constructor.getModifiers() & ~Modifier.PUBLIC)
        + typeParameters(constructor.getTypeParameters())
        + "new"
        + parameters(constructor)
        + thrown(constructor);
  }

  private String method(Method method) {
    int modifiers =
        method.getModifiers()
            & ~(Modifier.PUBLIC | Modifier.SYNCHRONIZED | Modifier.NATIVE | Modifier.TRANSIENT);
    boolean ofInterface = method.getDeclaringClass().isInterface();
    if (ofInterface) {
      modifiers &= ~Modifier.ABSTRACT;
    }
    String text =
        annotations(method)
            + modifiers(modifiers)
            + (method.isDefault() ? "default " : "")
            + typeParameters(method.getTypeParameters())
            + text(method.getAnnotatedReturnType())
            + ' '
            + method.getName()
            + parameters(method)
            + thrown(method);
    Object value = method.getDefaultValue();
    return value == null ? text : text + " default " + (value.equals("") ? "\"\"" : value);
  }

  private static boolean isCanonical(Class<?> type, Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray());
  }

  private static boolean isImplied(Class<?> type, Method method) {
    String name = method.getName();
    if (method.isSynthetic() || method.isBridge()) {
      return true;
    }
    if (OF_OBJECT.contains(name) && !type.isInterface()) {
      return true;
    }
    if (type.isEnum() && (name.equals("values") || name.equals("valueOf"))) {
      return true;
    }
    return type.isRecord()
        && Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getAccessor().equals(method));
  }

  private static String modifiers(int modifiers) {
    String text = Modifier.toString(modifiers);
    return text.isEmpty() ? "" : text + ' ';
  }

  private static String annotations(AnnotatedElement element) {
    Set<String> found = new TreeSet<>();
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      if (annotation.annotationType() == Deprecated.class
          || annotation.annotationType() == FunctionalInterface.class) {
        found.add("@" + annotation.annotationType().getSimpleName());
      } else if (element instanceof Class<?> type && type.isAnnotation()) {
        found.add(annotation.toString());
      }
    }
    return found.stream().map(a -> a + ' ').collect(Collectors.joining());
  }

  private String typeParameters(TypeVariable<?>[] variables) {
    if (variables.length == 0) {
      return "";
    }
    return Stream.of(variables)
        .map(
            variable -> {
              String bounds =
                  Stream.of(variable.getAnnotatedBounds())
                      .map(this::text)
                      .filter(bound -> !bound.equals("Object"))
                      .collect(Collectors.joining(" & "));
              return bounds.isEmpty()
                  ? variable.getName()
                  : variable.getName() + " extends " + bounds;
            })
        .collect(Collectors.joining(", ", "<", "> "));
  }

  private String parameters(Executable executable) {
    Parameter[] parameters = executable.getParameters();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      String type = text(parameters[i].getAnnotatedType());
      if (parameters[i].isVarArgs()) {
        type = type.substring(0, type.length() - 2) + "...";
      }
      texts.add(type + ' ' + parameters[i].getName());
    }
    return '(' + String.join(", ", texts) + ')';
  }

  private String thrown(Executable executable) {
    String types =
        Stream.of(executable.getAnnotatedExceptionTypes())
            .map(this::text)
            .sorted()
            .collect(Collectors.joining(", "));
    return types.isEmpty() ? "" : " throws " + types;
  }

  private String text(AnnotatedType type) {
    String nullable =
        type.isAnnotationPresent(Nullable.class) && !(type instanceof AnnotatedArrayType)
            ? "@Nullable "
            : "";
    if (type instanceof AnnotatedParameterizedType parameterized) {
      Class<?> raw = (Class<?>) ((ParameterizedType) type.getType()).getRawType();
      return nullable
          + name(raw)
          + Stream.of(parameterized.getAnnotatedActualTypeArguments())
              .map(this::text)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    if (type instanceof AnnotatedArrayType) {
      StringBuilder dimensions = new StringBuilder();
      AnnotatedType inner = type;
      while (inner instanceof AnnotatedArrayType array) {
        dimensions.append(inner.isAnnotationPresent(Nullable.class) ? " @Nullable []" : "[]");
        inner = array.getAnnotatedGenericComponentType();
      }
      return text(inner) + dimensions;
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      if (wildcard.getAnnotatedLowerBounds().length > 0) {
        return "? super " + text(wildcard.getAnnotatedLowerBounds()[0]);
      }
      String bound = text(wildcard.getAnnotatedUpperBounds()[0]);
      return bound.equals("Object") ? "?" : "? extends " + bound;
    }
    if (type instanceof AnnotatedTypeVariable) {
      return nullable + type.getType().getTypeName();
    }
    Type plain = type.getType();
    return nullable + (plain instanceof Class<?> c ? name(c) : plain.getTypeName());
  }

  /** Names of this package and of the JDK are short, all others are whole. */
  private String name(Class<?> type) {
    if (type.isArray()) {
      return name(type.getComponentType()) + "[]";
    }
    String whole = type.getCanonicalName();
    String packageName = type.getPackageName();
    boolean isShort = packageName.equals(home) || packageName.startsWith("java.");
    return isShort && whole.startsWith(packageName + '.')
        ? whole.substring(packageName.length() + 1)
        : whole;
  }
}
