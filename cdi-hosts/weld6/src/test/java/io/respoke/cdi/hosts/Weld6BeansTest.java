package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BeansSuite;

class Weld6BeansTest extends BeansSuite {}
