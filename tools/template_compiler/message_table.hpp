#pragma once

#include "template_compiler/syntax_tree.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace template_compiler {

/// The translatable messages of all templates.
class MessageTable
{
  public:
    /// Throws TemplateError when another place gives the same text a different plural.
    void add(const Message& message, const std::string& file, int line);

    /// A gettext template (.pot), sorted by message and free of dates, so equal input gives equal output.
    std::string pot() const;

  private:
    struct Entry
    {
        std::string many;
        std::set<std::pair<std::string, int>> places;
    };

    /// By text and then by context.
    std::map<std::pair<std::string, std::string>, Entry> entries_;
};

} // namespace template_compiler
