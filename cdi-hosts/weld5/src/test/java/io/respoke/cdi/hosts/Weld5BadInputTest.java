package io.respoke.cdi.hosts;

import io.respoke.cdi.suite.se.BadInputSuite;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class Weld5BadInputTest extends BadInputSuite {}
