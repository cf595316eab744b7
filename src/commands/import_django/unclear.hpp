#pragma once
// What a source leaves open and nobody may guess: where its clocks were, and what its words of the status mean.

#include "commands/import_django/source/choices.hpp"
#include "commands/import_django/source/layout.hpp"
#include "commands/import_django/source/value.hpp"
#include "db/foreign.hpp"

namespace commands::import_django {

/// The instant of a time; one of a clock is one of the chosen zone. Throws Refused when none was chosen.
base::Time instant_of(const ParsedTime& parsed, const Choices& choices);

/// Looks at a source before anything is written. Throws Refused, saying what to choose, for times without a zone and
/// for unknown words of the status, all of them at once.
void refuse_unclear(db::ForeignDatabase& source, const Layout& layout, const Choices& choices);

} // namespace commands::import_django
