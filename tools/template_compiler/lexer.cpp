#include "template_compiler/lexer.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"

#include <algorithm>

namespace template_compiler {
namespace {

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
    explicit Lexer(std::string_view source) : rest_(source) {}

    std::vector<Token> run()
    {
        while (!rest_.empty()) {
            const auto opening = std::min(find_opening(rest_), rest_.size());
            if (opening > 0) {
                tokens_.push_back({TokenKind::Literal, rest_.substr(0, opening), line_});
                skip(opening);
            }
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

    void bracketed()
    {
        const char kind = rest_[1];
        const auto closing = std::string_view(kind == '{' ? "}}" : kind == '%' ? "%}" : "#}");
        const auto inside = rest_.substr(2);
        const auto end = kind == '#' ? inside.find(closing) : find_outside_brackets(inside, closing);
        if (end == std::string_view::npos)
            throw TemplateError(line_, "'" + std::string(rest_.substr(0, 2)) + "' is not closed; add '" +
                                           std::string(closing) + "' or a missing quote or bracket");
        if (kind != '#')
            add(kind == '{' ? TokenKind::Print : TokenKind::Directive, inside.substr(0, end));
        skip(end + 4);
    }

    void add(TokenKind kind, std::string_view text)
    {
        const auto content = trim(text);
        const auto blanks_before = content.empty() ? 0 : static_cast<std::size_t>(content.data() - text.data());
        tokens_.push_back({kind, content, line_ + count_lines(text.substr(0, blanks_before))});
    }

    std::string_view rest_;
    int line_ = 1;
    std::vector<Token> tokens_;
};

} // namespace

std::vector<Token> tokenize(std::string_view source)
{
    return Lexer(source).run();
}

} // namespace template_compiler
