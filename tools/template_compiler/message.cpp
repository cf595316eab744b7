#include "template_compiler/message.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"

#include <algorithm>

namespace template_compiler {
namespace {

std::vector<Argument> parse_message_arguments(std::string_view text, int line)
{
    std::vector<Argument> arguments;
    for (const auto& part : split_arguments(text)) {
        const auto equals = part.find('=');
        const auto name = trim(std::string_view(part).substr(0, equals));
        if (equals == std::string::npos || !is_identifier(name))
            throw TemplateError(line, "'" + part + "' is no message argument; write name=expression");
        if (std::ranges::find(arguments, name, &Argument::name) != arguments.end())
            throw TemplateError(line, "the argument '" + std::string(name) + "' is given twice; remove one");
        const auto expression = trim(std::string_view(part).substr(equals + 1));
        if (expression.empty())
            throw TemplateError(line, "the argument '" + std::string(name) + "' has no value; write name=expression");
        arguments.push_back({std::string(name), std::string(expression)});
    }
    return arguments;
}

/// Moves the argument context="…" to its own place.
void take_context(Message& message, int line)
{
    const auto found = std::ranges::find(message.arguments, "context", &Argument::name);
    if (found == message.arguments.end())
        return;
    std::string_view quoted = found->expression;
    message.context = take_string(quoted, line);
    if (!quoted.empty() || !message.many.empty())
        throw TemplateError(line, "a context is one string, of a message without plural; write context=\"verb\"");
    message.arguments.erase(found);
}

void check_placeholders(const Message& message, int line, const std::vector<std::string>& parts = {})
{
    auto names = placeholders(message.one, line);
    for (auto& name : placeholders(message.many, line))
        names.push_back(std::move(name));
    for (const auto& name : names) {
        const bool is_part = std::ranges::find(parts, name) != parts.end();
        if (!is_part && std::ranges::find(message.arguments, name, &Argument::name) == message.arguments.end())
            throw TemplateError(line, "the placeholder {" + name + "} has no argument; add " + name + "=expression");
    }
    for (const auto& argument : message.arguments) {
        const bool is_count = !message.many.empty() && &argument == &message.arguments.front();
        if (!is_count && std::ranges::find(names, argument.name) == names.end())
            throw TemplateError(line, "the argument '" + argument.name + "' has no placeholder; add {" + argument.name +
                                          "} to the text or remove it");
    }
}

std::string take_message_text(std::string_view& text, int line)
{
    auto message = take_string(text, line);
    if (trim(message).empty())
        throw TemplateError(line, "the message is empty; write the English text");
    return message;
}

} // namespace

Message parse_message(std::string_view text, int line, const std::vector<std::string>& parts)
{
    Message message;
    message.one = take_message_text(text, line);
    message.arguments = parse_message_arguments(text, line);
    take_context(message, line);
    check_placeholders(message, line, parts);
    const auto names = placeholders(message.one, line);
    for (const auto& part : parts) {
        if (std::ranges::find(names, part) == names.end())
            throw TemplateError(
                line, "the part '" + part + "' has no placeholder; add {" + part + "} to the text or remove it");
    }
    return message;
}

Message parse_plural_message(std::string_view text, int line)
{
    Message message;
    message.one = take_message_text(text, line);
    message.many = take_message_text(text, line);
    message.arguments = parse_message_arguments(text, line);
    take_context(message, line);
    if (message.arguments.empty())
        throw TemplateError(line, "a plural message needs its count; add n=expression");
    check_placeholders(message, line);
    return message;
}

std::vector<std::string> placeholders(std::string_view message, int line)
{
    std::vector<std::string> names;
    for (auto open = message.find('{'); open != std::string_view::npos; open = message.find('{', open + 1)) {
        const auto close = message.find('}', open);
        const auto name = message.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
        if (close == std::string_view::npos || !is_identifier(name))
            throw TemplateError(line, "'{' does not begin a placeholder in the message; write {name}");
        if (std::ranges::find(names, name) == names.end())
            names.emplace_back(name);
    }
    return names;
}

} // namespace template_compiler
