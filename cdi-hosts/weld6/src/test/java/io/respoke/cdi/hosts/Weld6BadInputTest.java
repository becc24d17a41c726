package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BadInputSuite;

class Weld6BadInputTest extends BadInputSuite {}
