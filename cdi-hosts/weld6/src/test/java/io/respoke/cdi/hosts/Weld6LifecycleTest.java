package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.LifecycleSuite;

class Weld6LifecycleTest extends LifecycleSuite {}
