package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.LifecycleSuite;

class Weld6LifecycleTest extends LifecycleSuite {}
