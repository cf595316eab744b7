#include "template_compiler/parser.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"
#include "template_compiler/message.hpp"

#include <algorithm>
#include <utility>

namespace template_compiler {
namespace {

std::string dashes_to_underscores(std::string_view name)
{
    std::string identifier(name);
    std::ranges::replace(identifier, '-', '_');
    return identifier;
}

Call parse_call(std::string_view text, int line)
{
    const auto open = text.find('(');
    Call call;
    call.path = trim(text.substr(0, open));
    if (open != std::string_view::npos) {
        const auto inside = text.substr(open + 1);
        const auto close = find_outside_brackets(inside, ")");
        if (close == std::string_view::npos || !trim(inside.substr(close + 1)).empty())
            throw TemplateError(line, "the arguments of '" + call.path + "' do not end with ')'; write folder/name(…)");
        call.arguments = trim(inside.substr(0, close));
    }
    if (call.path.empty() || call.path.find_first_of(" .\\\"") != std::string::npos)
        throw TemplateError(
            line, "'" + call.path + "' names no template; write folder/name(arguments) without its ending");
    return call;
}

Let parse_let(std::string_view text, int line)
{
    const auto equals = text.find('=');
    const auto name = trim(text.substr(0, equals));
    if (equals == std::string_view::npos || !is_identifier(name))
        throw TemplateError(line, "'let' is not understood; write {% let name = expression %}");
    return {std::string(name), std::string(trim(text.substr(equals + 1)))};
}

Icon parse_icon(std::string_view text, int line)
{
    if (text.starts_with('='))
        return {.expression = std::string(trim(text.substr(1))), .size = "Normal", .named = false};
    const auto name = dashes_to_underscores(take_word(text));
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        throw TemplateError(
            line, "an icon's name is expected; write {% icon send %}, {% icon send s %} or {% icon = expr %}");
    if (text != "" && text != "s" && text != "l")
        throw TemplateError(line, "'" + std::string(text) + "' is no icon size; write s, l or nothing");
    const auto size = text == "s" ? "Small" : text == "l" ? "Large" : "Normal";
    return {.expression = "assets::Icon::" + name, .size = size, .named = true};
}

class Parser
{
  public:
    Parser(std::string_view source, Blanks mode) : tokens_(tokenize(source, mode))
    {
        result_.last_line = 1 + static_cast<int>(std::ranges::count(source, '\n'));
    }

    Template run()
    {
        result_.body = nodes();
        if (at_ != tokens_.size())
            fail("'" + std::string(keyword()) +
                 "' stands outside 'if' and 'for'; remove it or add the opening directive");
        return std::move(result_);
    }

  private:
    [[noreturn]] void fail(const std::string& what) const { throw TemplateError(tokens_[at_].line, what); }

    std::string_view keyword() const
    {
        auto text = tokens_[at_].text;
        return take_word(text);
    }

    bool at_keyword(std::string_view word) const
    {
        return at_ < tokens_.size() && tokens_[at_].kind == TokenKind::Directive && keyword() == word;
    }

    // The rest of the current directive after its keyword; moves on to the next token.
    std::string_view take_directive()
    {
        auto text = tokens_[at_++].text;
        take_word(text);
        return text;
    }

    // What follows in this nesting level, up to end, else or elif of the level above.
    Nodes nodes()
    {
        Nodes found;
        while (at_ < tokens_.size() && !at_keyword("end") && !at_keyword("else") && !at_keyword("elif"))
            node(found);
        return found;
    }

    void node(Nodes& found)
    {
        const Token& token = tokens_[at_];
        if (token.kind == TokenKind::Literal) {
            found.push_back({token.line, Literal{std::string(token.text)}});
            ++at_;
        } else if (token.kind == TokenKind::Print) {
            found.push_back({token.line, print(token)});
            ++at_;
        } else if (!header_directive() && !leaf_directive(found)) {
            found.push_back(nesting_directive());
        }
    }

    Print print(const Token& token) const
    {
        auto text = token.text;
        if (text.empty())
            fail("'{{ }}' is empty; write an expression");
        if (take_word(text) == "html" && !text.empty())
            return {std::string(text), true};
        return {std::string(token.text), false};
    }

    bool header_directive()
    {
        const auto word = keyword();
        if (word != "use" && word != "args" && word != "extends")
            return false;
        if (depth_ > 0)
            fail("'" + std::string(word) + "' inside another directive; move it to the top of the template");
        const int line = tokens_[at_].line;
        auto text = take_directive();
        if (word == "use") {
            result_.includes.push_back({line, take_string(text, line)});
        } else if (word == "args") {
            once(result_.arguments.line, line, "args");
            result_.arguments.text = text;
        } else {
            once(result_.extends.line, line, "extends");
            result_.extends.layout = parse_call(text, line);
        }
        return true;
    }

    static void once(int& recorded, int line, const std::string& word)
    {
        if (recorded != 0)
            throw TemplateError(
                line, "'" + word + "' was given already on line " + std::to_string(recorded) + "; keep one");
        recorded = line;
    }

    bool leaf_directive(Nodes& found)
    {
        const auto word = std::string(keyword());
        const int line = tokens_[at_].line;
        auto text = tokens_[at_].text;
        take_word(text);
        if (word == "let")
            found.push_back({line, parse_let(text, line)});
        else if (word == "include")
            found.push_back({line, parse_call(text, line)});
        else if (word == "t")
            found.push_back({line, parse_message(text, line)});
        else if (word == "tn")
            found.push_back({line, parse_plural_message(text, line)});
        else if (word == "icon")
            found.push_back({line, parse_icon(text, line)});
        else if (word == "icons")
            found.push_back({line, IconSymbols{}});
        else if (word == "asset")
            found.push_back({line, Asset{take_string(text, line)}});
        else
            return false;
        ++at_;
        return true;
    }

    Node nesting_directive()
    {
        const auto word = keyword();
        const int line = tokens_[at_].line;
        if (word == "if")
            return {line, if_node(line)};
        if (word == "for")
            return {line, for_node(line)};
        if (word == "block")
            return {line, block_node(line)};
        if (word == "sentence")
            return {line, sentence_node(line)};
        fail("unknown directive '" + std::string(word) +
             "'; known are use, args, extends, block, if, elif, else, for, let, include, t, tn, sentence, part, icon, "
             "icons, asset, end");
    }

    Nodes nested()
    {
        ++depth_;
        auto found = nodes();
        --depth_;
        return found;
    }

    void expect_end(std::string_view opening, int line)
    {
        if (!at_keyword("end"))
            throw TemplateError(at_ < tokens_.size() ? tokens_[at_].line : line,
                "'" + std::string(opening) + "' of line " + std::to_string(line) + " has no {% end %} here; add it");
        ++at_;
    }

    std::string condition(std::string_view word)
    {
        const auto text = std::string(tokens_[at_].text.substr(word.size()));
        if (trim(text).empty())
            fail("'" + std::string(word) + "' has no condition; write an expression");
        ++at_;
        return std::string(trim(text));
    }

    bool take_else()
    {
        if (!at_keyword("else"))
            return false;
        if (tokens_[at_].text != "else")
            fail("'else' takes no condition; write elif");
        ++at_;
        return true;
    }

    If if_node(int line)
    {
        If result;
        result.branches.push_back({condition("if"), {}});
        result.branches.back().body = nested();
        while (at_keyword("elif")) {
            result.branches.push_back({condition("elif"), {}});
            result.branches.back().body = nested();
        }
        if (take_else())
            result.branches.push_back({"", nested()});
        expect_end("if", line);
        return result;
    }

    For for_node(int line)
    {
        For result;
        const auto text = take_directive();
        const auto in = text.find(" in ");
        result.variable = trim(text.substr(0, in));
        const bool structured = result.variable.starts_with('[') && result.variable.ends_with(']');
        if (in == std::string_view::npos || (!structured && !is_identifier(result.variable)))
            throw TemplateError(line, "'for' is not understood; write {% for name in expression %}");
        result.range = trim(text.substr(in + 4));
        result.body = nested();
        result.has_else = take_else();
        if (result.has_else)
            result.otherwise = nested();
        expect_end("for", line);
        return result;
    }

    Block block_node(int line)
    {
        Block result;
        result.name = take_directive();
        if (!is_identifier(result.name))
            throw TemplateError(
                line, "'" + result.name + "' cannot name a block; write a snake_case name that is no C++ keyword");
        result.body = nested();
        expect_end("block", line);
        return result;
    }

    Sentence sentence_node(int line)
    {
        const auto text = take_directive();
        Sentence result;
        std::vector<std::string> names;
        while (!at_keyword("end")) {
            if (at_ < tokens_.size() && tokens_[at_].kind == TokenKind::Literal && trim(tokens_[at_].text).empty()) {
                ++at_;
                continue;
            }
            if (!at_keyword("part"))
                throw TemplateError(at_ < tokens_.size() ? tokens_[at_].line : line,
                    "only parts stand in a sentence; write {% part name %}…{% end %} for each placeholder with markup");
            result.parts.push_back(part());
            names.push_back(result.parts.back().name);
        }
        expect_end("sentence", line);
        result.message = parse_message(text, line, names);
        return result;
    }

    Part part()
    {
        const int line = tokens_[at_].line;
        Part result;
        result.name = take_directive();
        result.body = nested();
        trim_ends(result.body);
        expect_end("part", line);
        return result;
    }

    // The sentence has the blanks around it.
    static void trim_ends(Nodes& body)
    {
        if (!body.empty()) {
            if (auto* first = std::get_if<Literal>(&body.front().content))
                first->text.erase(0, first->text.find_first_not_of(" \t\r\n"));
            if (auto* last = std::get_if<Literal>(&body.back().content))
                last->text.erase(last->text.find_last_not_of(" \t\r\n") + 1);
        }
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    Template result_;
};

} // namespace

Template parse(std::string_view source, Blanks mode)
{
    return Parser(source, mode).run();
}

} // namespace template_compiler
