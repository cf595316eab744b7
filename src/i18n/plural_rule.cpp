#include "i18n/plural_rule.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <string>

namespace i18n {

// Recursive descent over C's operator precedence; gettext's manual defines the subset.
class PluralRuleParser
{
  public:
    PluralRuleParser(std::string_view text, std::vector<PluralRule::Node>& nodes) : rest_(text), nodes_(nodes) {}

    std::size_t parse()
    {
        const auto root = choice();
        skip_spaces();
        if (!rest_.empty())
            fail();
        return root;
    }

  private:
    using Operator = PluralRule::Operator;

    struct Spelling
    {
        std::string_view text;
        Operator op;
        int precedence;
    };

    // Longer spellings first, so that "<=" is not read as "<".
    static constexpr std::array<Spelling, 13> spellings{{
        {"||", Operator::Or, 1},
        {"&&", Operator::And, 2},
        {"==", Operator::Equal, 3},
        {"!=", Operator::NotEqual, 3},
        {"<=", Operator::LessEqual, 4},
        {">=", Operator::GreaterEqual, 4},
        {"<", Operator::Less, 4},
        {">", Operator::Greater, 4},
        {"+", Operator::Add, 5},
        {"-", Operator::Subtract, 5},
        {"*", Operator::Multiply, 6},
        {"/", Operator::Divide, 6},
        {"%", Operator::Remainder, 6},
    }};

    [[noreturn]] static void fail() { throw std::runtime_error("message catalogue: unreadable plural expression"); }

    void skip_spaces()
    {
        const auto first = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(first == std::string_view::npos ? rest_.size() : first);
    }

    bool accept(std::string_view text)
    {
        skip_spaces();
        if (!rest_.starts_with(text))
            return false;
        rest_.remove_prefix(text.size());
        return true;
    }

    std::size_t add(PluralRule::Node node)
    {
        // Bounds evaluation and recursion for a hostile or damaged file; real rules have about forty nodes.
        if (nodes_.size() >= 500)
            fail();
        nodes_.push_back(node);
        return nodes_.size() - 1;
    }

    std::size_t choice()
    {
        if (++depth_ > 100)
            fail();
        const auto condition = binary(1);
        auto result = condition;
        if (accept("?")) {
            const auto yes = choice();
            if (!accept(":"))
                fail();
            const auto no = choice();
            result = add({.op = Operator::Choose, .value = condition, .left = yes, .right = no});
        }
        --depth_;
        return result;
    }

    const Spelling* accept_operator(int lowest_precedence)
    {
        skip_spaces();
        for (const auto& spelling : spellings) {
            if (!rest_.starts_with(spelling.text))
                continue;
            if (spelling.precedence < lowest_precedence)
                return nullptr;
            rest_.remove_prefix(spelling.text.size());
            return &spelling;
        }
        return nullptr;
    }

    std::size_t binary(int lowest_precedence)
    {
        auto left = unary();
        while (const auto* spelling = accept_operator(lowest_precedence)) {
            const auto right = binary(spelling->precedence + 1);
            left = add({.op = spelling->op, .left = left, .right = right});
        }
        return left;
    }

    std::size_t unary()
    {
        std::size_t negations = 0;
        while (accept("!"))
            ++negations;
        auto operand = primary();
        for (; negations > 0; --negations)
            operand = add({.op = Operator::Not, .left = operand});
        return operand;
    }

    std::size_t primary()
    {
        if (accept("(")) {
            const auto inner = choice();
            if (!accept(")"))
                fail();
            return inner;
        }
        if (accept("n"))
            return add({.op = Operator::Count});
        std::uint64_t number = 0;
        const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
        if (read.ec != std::errc())
            fail();
        rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
        return add({.op = Operator::Number, .value = number});
    }

    std::string_view rest_;
    std::vector<PluralRule::Node>& nodes_;
    int depth_ = 0;
};

namespace {

std::string_view field(std::string_view plural_forms, std::string_view name)
{
    const auto at = plural_forms.find(name);
    if (at == std::string_view::npos)
        throw std::runtime_error("message catalogue: Plural-Forms lacks " + std::string(name));
    const auto value = plural_forms.substr(at + name.size());
    return value.substr(0, value.find(';'));
}

} // namespace

PluralRule::PluralRule() : PluralRule("nplurals=2; plural=n != 1;") {}

PluralRule::PluralRule(std::string_view plural_forms)
{
    const auto count = field(plural_forms, "nplurals=");
    const auto read = std::from_chars(count.data(), count.data() + count.size(), forms_);
    if (read.ec != std::errc() || forms_ == 0 || forms_ > 10)
        throw std::runtime_error("message catalogue: nplurals must be 1 to 10");
    root_ = PluralRuleParser(field(plural_forms, "plural="), nodes_).parse();
}

std::size_t PluralRule::form(std::uint64_t count) const
{
    const auto chosen = evaluate(root_, count);
    return chosen < forms_ ? static_cast<std::size_t>(chosen) : 0;
}

std::uint64_t PluralRule::evaluate(std::size_t index, std::uint64_t count) const
{
    const Node& node = nodes_[index];
    if (node.op == Operator::Number)
        return node.value;
    if (node.op == Operator::Count)
        return count;
    if (node.op == Operator::Choose)
        return evaluate(evaluate(static_cast<std::size_t>(node.value), count) != 0 ? node.left : node.right, count);
    const auto left = evaluate(node.left, count);
    if (node.op == Operator::Not)
        return left == 0;
    const auto right = evaluate(node.right, count);
    switch (node.op) {
    case Operator::Multiply:
        return left * right;
    case Operator::Divide:
        return right == 0 ? 0 : left / right;
    case Operator::Remainder:
        return right == 0 ? 0 : left % right;
    case Operator::Add:
        return left + right;
    case Operator::Subtract:
        return left - right;
    case Operator::Less:
        return left < right;
    case Operator::Greater:
        return left > right;
    case Operator::LessEqual:
        return left <= right;
    case Operator::GreaterEqual:
        return left >= right;
    case Operator::Equal:
        return left == right;
    case Operator::NotEqual:
        return left != right;
    case Operator::And:
        return left != 0 && right != 0;
    default:
        return left != 0 || right != 0;
    }
}

} // namespace i18n
