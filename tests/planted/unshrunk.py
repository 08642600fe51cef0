"""For pytest's `-p`: whoever only asks whether a test fails does not wait minutes for the smallest example."""

from hypothesis import Phase, settings

settings.register_profile("unshrunk", phases=(Phase.explicit, Phase.generate))
settings.load_profile("unshrunk")
