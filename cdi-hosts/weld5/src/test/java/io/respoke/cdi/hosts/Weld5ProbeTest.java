package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.SeProbeSuite;

class Weld5ProbeTest extends SeProbeSuite {}
