#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace i18n {

/// The `Plural-Forms` rule of a gettext catalogue: which form of a message goes with a count. Immutable.
class PluralRule
{
  public:
    /// The English rule: form 0 for one, form 1 for everything else.
    PluralRule();
    /// Reads "nplurals=2; plural=(n != 1);"; throws std::runtime_error when it is not such an expression.
    explicit PluralRule(std::string_view plural_forms);

    std::size_t forms() const { return forms_; }
    /// The form for `count`, always less than forms().
    std::size_t form(std::uint64_t count) const;

  private:
    friend class PluralRuleParser;

    enum class Operator : std::uint8_t
    {
        Number,
        Count,
        Not,
        Multiply,
        Divide,
        Remainder,
        Add,
        Subtract,
        Less,
        Greater,
        LessEqual,
        GreaterEqual,
        Equal,
        NotEqual,
        And,
        Or,
        Choose,
    };
    /// Operands are indexes into nodes_; Choose keeps its condition in `value`.
    struct Node
    {
        Operator op = Operator::Number;
        std::uint64_t value = 0;
        std::size_t left = 0;
        std::size_t right = 0;
    };

    std::uint64_t evaluate(std::size_t index, std::uint64_t count) const;

    std::size_t forms_ = 2;
    std::vector<Node> nodes_;
    std::size_t root_ = 0;
};

} // namespace i18n
