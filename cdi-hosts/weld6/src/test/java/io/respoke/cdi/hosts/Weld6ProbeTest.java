package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.SeProbeSuite;

class Weld6ProbeTest extends SeProbeSuite {}
