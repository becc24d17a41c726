package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.LifecycleSuite;

class Weld5LifecycleTest extends LifecycleSuite {}
