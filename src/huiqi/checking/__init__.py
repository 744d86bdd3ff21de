"""From syntax trees to the checked tree: names, types, units, tables; every refusal says what to write instead."""
