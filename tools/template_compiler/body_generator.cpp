#include "template_compiler/body_generator.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"

#include <type_traits>
#include <utility>

namespace template_compiler {
namespace {

bool is_blank(const Literal& literal)
{
    return trim(literal.text).empty();
}

// One line of source a line of output.
std::string multiline_literal(std::string_view text)
{
    std::string code;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        code += (code.empty() ? "" : "\n        ") + in_quotes(text.substr(0, end));
        text.remove_prefix(end);
    }
    return code;
}

} // namespace

std::string BodyGenerator::whole_body()
{
    auto code = nodes(unit_.tree.body);
    context_.boundary(unit_.tree.last_line);
    context_.expect_complete(unit_.tree.last_line);
    // The file's last newline is no content: a partial is often used in the middle of a line.
    if (pending_.ends_with('\n'))
        pending_.pop_back();
    return code + flush();
}

std::string BodyGenerator::extending_body(const Unit& layout)
{
    unit_.blocks = layout.blocks;
    std::string code;
    std::set<std::string> overridden;
    for (const auto& child : unit_.tree.body) {
        if (const auto* text = std::get_if<Literal>(&child.content); text != nullptr && is_blank(*text))
            continue;
        if (const auto* definition = std::get_if<Let>(&child.content)) {
            code += let(*definition, child.line);
            continue;
        }
        const auto* found = std::get_if<Block>(&child.content);
        if (found == nullptr)
            throw TemplateError(
                child.line, "content outside the blocks of an extending template; move it into a block");
        if (!overridden.insert(found->name).second)
            throw TemplateError(child.line, "the block '" + found->name + "' is filled twice; keep one");
        code += override_block(*found, child.line, layout);
    }
    return code + layout_call(layout, overridden);
}

std::string BodyGenerator::override_block(const Block& block, int line, const Unit& layout)
{
    const auto place = layout.blocks.find(block.name);
    if (place == layout.blocks.end())
        throw TemplateError(line,
            "the layout '" + layout.path + "' has no block '" + block.name + "'; correct the name or add it there");
    context_ = place->second.start;
    auto code = "const auto block_" + block.name + " = [&] {\n" + nested(block.body) + "};\n";
    context_.boundary(line);
    joined(place->second.start, context_, line, "block '" + block.name + "'");
    return code;
}

std::string BodyGenerator::layout_call(const Unit& layout, const std::set<std::string>& overridden)
{
    std::string blocks;
    for (const auto& [name, place] : layout.blocks) {
        auto value = overridden.contains(name) ? "::web::Block(block_" + name + ")" : std::string("::web::Block()");
        if (unit_.is_extended)
            value = "blocks." + name + " ? blocks." + name + " : " + value;
        blocks += (blocks.empty() ? "{." : ", .") + name + " = " + value;
    }
    return call(unit_.tree.extends.layout, blocks.empty() ? "" : blocks + "}", unit_.tree.extends.line);
}

std::string BodyGenerator::nodes(const Nodes& nodes)
{
    std::string code;
    for (const auto& child : nodes)
        code += node(child);
    return code;
}

std::string BodyGenerator::nested(const Nodes& body)
{
    auto code = nodes(body);
    return code + flush();
}

std::string BodyGenerator::node(const Node& node)
{
    if (const auto* text = std::get_if<Literal>(&node.content))
        return literal(*text, node.line);
    auto before = flush();
    const auto visit = [&](const auto& content) -> std::string {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, Print>)
            return print(content, node.line);
        else if constexpr (std::is_same_v<Content, If>)
            return if_statement(content, node.line);
        else if constexpr (std::is_same_v<Content, For>)
            return for_statement(content, node.line);
        else if constexpr (std::is_same_v<Content, Let>)
            return let(content, node.line);
        else if constexpr (std::is_same_v<Content, Call>)
            return include(content, node.line);
        else if constexpr (std::is_same_v<Content, Message>)
            return message(content, node.line);
        else if constexpr (std::is_same_v<Content, Sentence>)
            return sentence(content, node.line);
        else if constexpr (std::is_same_v<Content, Icon>)
            return icon(content, node.line);
        else if constexpr (std::is_same_v<Content, Asset>)
            return asset(content, node.line);
        else if constexpr (std::is_same_v<Content, Block>)
            return block(content, node.line);
        else {
            refuse_in_text("'icons'", node.line);
            context_.insert_markup(node.line, "'icons'");
            return "out.icon_symbols();\n";
        }
    };
    return before + std::visit(visit, node.content);
}

std::string BodyGenerator::literal(const Literal& literal, int line)
{
    pending_ += is_plain() ? literal.text : context_.literal(literal.text, line);
    return {};
}

bool BodyGenerator::is_plain() const
{
    return unit_.form == Form::PlainText;
}

void BodyGenerator::refuse_in_text(const std::string& what, int line) const
{
    if (is_plain())
        throw TemplateError(line, what + " is for pages only; a .txt template has words");
}

std::string BodyGenerator::flush()
{
    const auto text = std::exchange(pending_, {});
    return text.empty() ? std::string() : "out.raw(" + multiline_literal(text) + ");\n";
}

std::string BodyGenerator::at_line(int line, const std::string& code) const
{
    return "#line " + std::to_string(line) + " " + in_quotes(unit_.file) + "\n" + code;
}

HtmlContext BodyGenerator::joined(
    const HtmlContext& left, const HtmlContext& right, int line, std::string_view what) const
{
    if (auto result = HtmlContext::join(left, right))
        return *result;
    throw TemplateError(line, std::string(what) + " can end " + left.describe() + " and " + right.describe() +
                                  "; open and close tags in the same branch");
}

std::string BodyGenerator::print(const Print& print, int line)
{
    if (print.trusted) {
        refuse_in_text("'html'", line);
        context_.insert_markup(line, "'html'");
        return at_line(line, "out.safe(" + print.expression + ");\n");
    }
    const auto function = is_plain() ? std::string("out.text(") : std::string(context_.print(line));
    return at_line(line, function + print.expression + ");\n");
}

std::string BodyGenerator::if_statement(const If& statement, int line)
{
    context_.boundary(line);
    const auto start = context_;
    std::optional<HtmlContext> end;
    std::string code;
    for (const auto& branch : statement.branches) {
        context_ = start;
        if (branch.condition.empty())
            code += "else {\n";
        else
            code += std::string(code.empty() ? "" : "else\n") + at_line(line, "if (" + branch.condition + ") {\n");
        code += nested(branch.body) + "}\n";
        context_.boundary(line);
        end = end ? joined(*end, context_, line, "'if'") : context_;
    }
    const bool has_else = statement.branches.back().condition.empty();
    context_ = has_else ? *end : joined(*end, start, line, "'if'");
    return code;
}

std::string BodyGenerator::for_statement(const For& loop, int line)
{
    context_.boundary(line);
    const auto start = context_;
    const auto ran = "loop_" + std::to_string(++loops_) + "_ran";
    auto body = loop_body(loop, line);
    std::string code;
    if (loop.has_else) {
        code = "bool " + ran + " = false;\n";
        body = ran + " = true;\n" + body;
    }
    code += at_line(line, "for ([[maybe_unused]] const auto& " + loop.variable + " : " + loop.range + ") {\n");
    code += body + "}\n";
    if (!loop.has_else)
        return code;
    const auto after_loop = std::exchange(context_, start);
    code += "if (!" + ran + ") {\n" + nested(loop.otherwise) + "}\n";
    context_.boundary(line);
    context_ = joined(after_loop, context_, line, "'for'");
    return code;
}

// The body runs again from where it ended, so it is compiled until its start covers its end. Each joining can only
// make the context less certain, hence this ends.
std::string BodyGenerator::loop_body(const For& loop, int line)
{
    for (;;) {
        const auto start = context_;
        auto code = nested(loop.body);
        context_.boundary(line);
        context_ = joined(start, context_, line, "'for'");
        if (context_ == start)
            return code;
    }
}

std::string BodyGenerator::let(const Let& let, int line)
{
    context_.boundary(line);
    return at_line(line, "const auto " + let.name + " = " + let.expression + ";\n");
}

std::string BodyGenerator::call(const Call& call, const std::string& last_argument, int line)
{
    if (!units_.contains(unit_key(call.path, unit_.form)))
        throw TemplateError(
            line, "there is no template '" + call.path + "'; correct the path (folder/name without its ending)");
    includes_.insert(header_path(call.path, unit_.form));
    auto code = "::" + public_namespace(call.path) + "::" + function_name(call.path) + "(out";
    for (const auto& argument : {call.arguments, last_argument})
        code += argument.empty() ? "" : ", " + argument;
    return at_line(line, code + ");\n");
}

std::string BodyGenerator::include(const Call& included, int line)
{
    context_.insert_markup(line, "'include'");
    return call(included, "", line);
}

std::string BodyGenerator::message(const Message& message, int line)
{
    messages_.add(message, unit_.file, line);
    const auto print = is_plain() ? std::string("out.text(") : std::string(context_.print_message(line));
    if (message.arguments.empty())
        return at_line(line, "out.text(" + translated(message) + ");\n");
    return at_line(line, "out.message(" + translated(message) + ",\n[&](std::string_view placeholder_name) {\n" +
                             placeholder_cases(message, print, line) + "return false;\n});\n");
}

std::string BodyGenerator::sentence(const Sentence& sentence, int line)
{
    context_.insert_markup(line, "'sentence'");
    messages_.add(sentence.message, unit_.file, line);
    const auto print = std::string(context_.print_message(line));
    auto code =
        at_line(line, "out.message(" + translated(sentence.message) + ",\n[&](std::string_view placeholder_name) {\n" +
                          placeholder_cases(sentence.message, print, line));
    for (const auto& part : sentence.parts) {
        const auto start = context_;
        code += "if (placeholder_name == " + in_quotes(part.name) + ") {\n" + nested(part.body) + "return true;\n}\n";
        context_.boundary(line);
        joined(start, context_, line, "part '" + part.name + "'");
        context_ = start;
    }
    return code + "return false;\n});\n";
}

std::string BodyGenerator::translated(const Message& message) const
{
    if (!message.many.empty())
        return "out.translate_plural(" + in_quotes(message.one) + ", " + in_quotes(message.many) + ", " +
               message.arguments.front().expression + ")";
    if (message.context.empty())
        return "out.translate(" + in_quotes(message.one) + ")";
    // As gettext joins them. Two literals, so that no digit of the text becomes a part of the escape.
    return "out.translate_in(" + in_quotes(message.context) + " \"\\4\" " + in_quotes(message.one) + ", " +
           std::to_string(message.context.size() + 1) + ")";
}

std::string BodyGenerator::placeholder_cases(const Message& message, std::string_view print, int line) const
{
    std::string code;
    for (const auto& argument : message.arguments) {
        code += "if (placeholder_name == " + in_quotes(argument.name) + ") {\n";
        code += at_line(line, std::string(print) + argument.expression + ");\nreturn true;\n}\n");
    }
    return code;
}

std::string BodyGenerator::icon(const Icon& icon, int line)
{
    refuse_in_text("'icon'", line);
    context_.insert_markup(line, "'icon'");
    if (icon.named)
        includes_.insert("assets/icons.hpp");
    return at_line(line, "out.icon(" + icon.expression + ", ::web::IconSize::" + icon.size + ");\n");
}

std::string BodyGenerator::asset(const Asset& asset, int line)
{
    refuse_in_text("'asset'", line);
    context_.print_asset(line);
    return "out.attribute(out.asset_url(" + in_quotes(asset.name) + "));\n";
}

std::string BodyGenerator::block(const Block& block, int line)
{
    refuse_in_text("'block'", line);
    context_.enter_block(line);
    const auto start = context_;
    const auto existing = unit_.blocks.find(block.name);
    // The same line again is a loop's body on its next compilation.
    if (existing != unit_.blocks.end() && existing->second.line != line)
        throw TemplateError(line, "there is a block '" + block.name + "' already; choose another name");
    unit_.blocks[block.name] = {line, start};
    auto code = "{\n" + nested(block.body) + "}\n";
    context_.boundary(line);
    context_ = joined(start, context_, line, "block '" + block.name + "'");
    context_.leave_block();
    if (!unit_.is_extended)
        return code;
    return "if (blocks." + block.name + ") {\nblocks." + block.name + "();\n} else " + code;
}

} // namespace template_compiler
