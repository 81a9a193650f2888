"""The words that argparse says itself, marked for the catalogues.

argparse asks gettext for them in the program's own text domain (see `playground.cli`); nothing
imports this module, the extraction of messages reads it.
"""

from playground.texts import N_, ngettext

N_("usage: ")
N_("positional arguments")
N_("options")
N_("show this help message and exit")
N_("show program's version number and exit")
N_("%(prog)s: error: %(message)s\n")
N_("unrecognized arguments: %s")
N_("the following arguments are required: %s")
N_("argument %(argument_name)s: %(message)s")
N_("invalid choice: %(value)r (choose from %(choices)s)")
N_("invalid %(type)s value: %(value)r")
N_("ignored explicit argument %r")
N_("expected one argument")
N_("expected at most one argument")
N_("expected at least one argument")
N_("not allowed with argument %s")
ngettext("expected %s argument", "expected %s arguments", 1)
