#pragma once

#include "template_compiler/message_table.hpp"
#include "template_compiler/unit.hpp"

#include <set>
#include <string>

namespace template_compiler {

/// Writes the statements of a template's function. All functions throw TemplateError.
class BodyGenerator
{
  public:
    BodyGenerator(Unit& unit, const Units& units, MessageTable& messages)
        : unit_(unit), units_(units), messages_(messages)
    {}

    /// The statements for a template that extends nothing.
    std::string whole_body();
    /// The statements for one that does: its blocks as lambdas and the call of the layout.
    std::string extending_body(const Unit& layout);

    /// Headers the statements need.
    const std::set<std::string>& includes() const { return includes_; }

  private:
    std::string nodes(const Nodes& nodes);
    // As nodes(), with the literal text at the end.
    std::string nested(const Nodes& body);
    std::string node(const Node& node);
    std::string literal(const Literal& literal, int line);
    std::string print(const Print& print, int line);
    std::string if_statement(const If& statement, int line);
    std::string for_statement(const For& loop, int line);
    std::string loop_body(const For& loop, int line);
    std::string let(const Let& let, int line);
    std::string include(const Call& call, int line);
    std::string message(const Message& message, int line);
    std::string sentence(const Sentence& sentence, int line);
    // The look-up of a message.
    std::string translated(const Message& message) const;
    // Prints each argument in its placeholder, inside the function that a message is printed with.
    std::string placeholder_cases(const Message& message, std::string_view print, int line) const;
    std::string icon(const Icon& icon, int line);
    std::string asset(const Asset& asset, int line);
    std::string block(const Block& block, int line);
    std::string override_block(const Block& block, int line, const Unit& layout);
    std::string layout_call(const Unit& layout, const std::set<std::string>& overridden);

    /// Code with a #line, so that the compiler reports mistakes in expressions at the template.
    std::string at_line(int line, const std::string& code) const;
    std::string flush();
    /// The template is a text, where nothing is escaped.
    bool is_plain() const;
    void refuse_in_text(const std::string& what, int line) const;
    std::string call(const Call& call, const std::string& last_argument, int line);
    HtmlContext joined(const HtmlContext& left, const HtmlContext& right, int line, std::string_view what) const;

    Unit& unit_;
    const Units& units_;
    MessageTable& messages_;
    HtmlContext context_;
    std::string pending_;
    std::set<std::string> includes_;
    int loops_ = 0;
};

} // namespace template_compiler
