"""Does every event arrive: sources, hops and the ends of what failed, followed through one stack."""
