package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BeansSuite;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class Weld5BeansTest extends BeansSuite {}
