#pragma once
// demo/ makes up a town: its people, what they ask for and how the desk answers. The same seed and time make the
// same rows. It calls the verbs, so it makes only what people could make.

#include "commands/demo/random.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace commands::demo {

/// The text of seeds/, built into the program.
std::string_view seed_text();

/// Sentences and names by section.
class Vocabulary
{
  public:
    /// Lines below "[section]" headings; empty lines are skipped. The text must outlive the vocabulary.
    explicit Vocabulary(std::string_view text);

    /// Throws std::out_of_range for an unknown section.
    const std::vector<std::string_view>& section(std::string_view name) const;
    bool has(std::string_view name) const { return sections_.contains(name); }
    /// A sentence of the section with {number}, {few} ("three"), {day} ("3rd"), {degrees}, {year}, {code}, {hour} and
    /// {name of a section} filled in.
    std::string sentence(std::string_view section, Random& random) const;

  private:
    std::string filled(std::string_view slot, Random& random) const;

    std::map<std::string, std::vector<std::string_view>, std::less<>> sections_;
};

} // namespace commands::demo
