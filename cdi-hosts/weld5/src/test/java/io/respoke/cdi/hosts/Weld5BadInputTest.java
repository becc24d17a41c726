package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.BadInputSuite;

class Weld5BadInputTest extends BadInputSuite {}
