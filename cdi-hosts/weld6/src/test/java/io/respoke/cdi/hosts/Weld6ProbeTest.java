package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.SeProbeSuite;

class Weld6ProbeTest extends SeProbeSuite {}
