package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.LifecycleSuite;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class Weld5LifecycleTest extends LifecycleSuite {}
