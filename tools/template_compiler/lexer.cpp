#include "template_compiler/lexer.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"

#include <algorithm>

namespace template_compiler {
namespace {

constexpr std::string_view blanks_of_text = " \t\r\n";

std::size_t count_blanks(std::string_view text)
{
    return std::min(text.find_first_not_of(blanks_of_text), text.size());
}

int count_lines(std::string_view text)
{
    return static_cast<int>(std::ranges::count(text, '\n'));
}

std::size_t find_opening(std::string_view source)
{
    for (auto at = source.find('{'); at != std::string_view::npos; at = source.find('{', at + 1)) {
        const auto next = source.substr(at + 1, 1);
        if (next == "{" || next == "%" || next == "#")
            return at;
    }
    return std::string_view::npos;
}

class Lexer
{
  public:
    Lexer(std::string_view source, Blanks mode) : source_(source), rest_(source), mode_(mode) {}

    std::vector<Token> run()
    {
        while (!rest_.empty()) {
            const auto opening = std::min(find_opening(rest_), rest_.size());
            if (opening > 0)
                literal(opening);
            if (!rest_.empty())
                bracketed();
        }
        return std::move(tokens_);
    }

  private:
    void skip(std::size_t count)
    {
        line_ += count_lines(rest_.substr(0, count));
        rest_.remove_prefix(count);
    }

    void literal(std::size_t count)
    {
        auto text = rest_.substr(0, count);
        const auto blanks = trims_ ? count_blanks(text) : 0;
        if (blanks < count)
            tokens_.push_back({TokenKind::Literal, text.substr(blanks), line_ + count_lines(text.substr(0, blanks))});
        skip(count);
    }

    void bracketed()
    {
        const char kind = rest_[1];
        const auto closing = std::string_view(kind == '{' ? "}}" : kind == '%' ? "%}" : "#}");
        const auto inside = rest_.substr(2);
        const auto end = kind == '#' ? inside.find(closing) : find_outside_brackets(inside, closing);
        if (end == std::string_view::npos)
            throw TemplateError(line_, "'" + std::string(rest_.substr(0, 2)) + "' is not closed; add '" +
                                           std::string(closing) + "' or a missing quote or bracket");
        trims_ = false;
        const bool leaves_nothing = mode_ == Blanks::WithoutDirectiveLines && kind != '{' &&
                                    (kind == '#' || !prints(inside.substr(0, end))) && is_alone_on_its_line(end + 4);
        if (leaves_nothing)
            drop_indentation();
        if (kind == '{')
            add(TokenKind::Print, inside.substr(0, end));
        else if (kind == '%')
            directive(inside.substr(0, end));
        skip(end + 4);
        if (leaves_nothing)
            skip(std::min(rest_.find('\n'), rest_.size() - 1) + 1);
    }

    static bool prints(std::string_view directive)
    {
        directive = trim(directive);
        if (directive.starts_with('-'))
            directive.remove_prefix(1);
        const auto word = take_word(directive);
        return word == "t" || word == "tn" || word == "include";
    }

    // `length` is that of the directive with its brackets, at which rest_ begins.
    bool is_alone_on_its_line(std::size_t length) const
    {
        const auto before = source_.substr(0, source_.size() - rest_.size());
        const auto after = rest_.substr(length);
        return trim(before.substr(before.rfind('\n') + 1)).empty() && trim(after.substr(0, after.find('\n'))).empty();
    }

    void drop_indentation()
    {
        if (tokens_.empty() || tokens_.back().kind != TokenKind::Literal)
            return;
        auto& text = tokens_.back().text;
        // Not that of a line above, which a directive before this one ended.
        if (text.data() + text.size() != rest_.data())
            return;
        text = text.substr(0, text.find_last_not_of(" \t") + 1);
        if (text.empty())
            tokens_.pop_back();
    }

    // {%- drops the blanks before the directive, -%} those after it.
    void directive(std::string_view text)
    {
        if (text.starts_with('-')) {
            text.remove_prefix(1);
            trim_literals();
        }
        trims_ = text.ends_with('-');
        if (trims_)
            text.remove_suffix(1);
        add(TokenKind::Directive, text);
    }

    void trim_literals()
    {
        while (!tokens_.empty() && tokens_.back().kind == TokenKind::Literal) {
            auto& text = tokens_.back().text;
            text = text.substr(0, text.find_last_not_of(blanks_of_text) + 1);
            if (!text.empty())
                return;
            tokens_.pop_back(); // and there may be more before a comment
        }
    }

    void add(TokenKind kind, std::string_view text)
    {
        const auto content = trim(text);
        const auto blanks_before = content.empty() ? 0 : static_cast<std::size_t>(content.data() - text.data());
        tokens_.push_back({kind, content, line_ + count_lines(text.substr(0, blanks_before))});
    }

    std::string_view source_;
    std::string_view rest_;
    Blanks mode_;
    int line_ = 1;
    bool trims_ = false; // the blanks that follow
    std::vector<Token> tokens_;
};

} // namespace

std::vector<Token> tokenize(std::string_view source, Blanks mode)
{
    return Lexer(source, mode).run();
}

} // namespace template_compiler
