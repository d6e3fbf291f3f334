//! Guards, journeys, faults: the tests that look at the whole house.
