#include "template_compiler/error.hpp"
#include "template_compiler/html_context.hpp"
#include "template_compiler/html_names.hpp"

// The half of HtmlContext that meets dynamic parts; html_context.cpp follows the literal text.
namespace template_compiler {

void HtmlContext::boundary(int line)
{
    line_ = line;
    switch (state_) {
    case State::TagName:
        finish_tag_name();
        break;
    case State::AttributeName:
        // Without the required gap, text after the directive would lengthen the name: {% if x %}on{% end %}click.
        finish_attribute_name();
        state_ = State::TagNeedsGap;
        break;
    case State::AfterAttributeName:
        state_ = State::TagGap;
        break;
    case State::BeforeValue:
        fail("the value of '" + attribute_ + "' is not quoted; write " + attribute_ + "=\"…\" around the dynamic part");
    case State::Comment:
        fail("an HTML comment has a dynamic part; use {# a template comment #}");
    case State::Doctype:
        fail("<!doctype> has a dynamic part; write <!doctype html>");
    case State::Script:
        fail("<script> has a dynamic part; pass data in a data- attribute");
    default:
        break;
    }
}

std::string_view HtmlContext::print(int line)
{
    boundary(line);
    at_line_start_ = false;
    if (state_ == State::Rcdata)
        return open_elements_.back() == "textarea" ? "out.text(" : "::web::isolated_text(out, ";
    if (state_ == State::Text)
        return !finds_direction_.empty() && finds_direction_.back() ? "out.text(" : "::web::text(out, ";
    if (state_ != State::Value)
        fail("a dynamic tag or attribute name is refused; write {% if … %} name=\"{{ … }}\"{% end %}");
    check_dynamic_attribute();
    return is_url_attribute(attribute_) ? print_url() : "out.attribute(";
}

void HtmlContext::check_dynamic_attribute() const
{
    if (is_unescapable_attribute(attribute_))
        fail("a dynamic value in '" + attribute_ + "' cannot be escaped; use a literal value");
    if (element_ == "script" && attribute_ == "src")
        fail("a dynamic script address is refused; write {% asset \"name.js\" %}");
    if (element_ == "set" || element_.starts_with("animate"))
        fail("<" + element_ + "> can rewrite URLs, so its values must be literal");
}

UrlPart HtmlContext::url_part() const
{
    return url_part_.value_or(url_part_after(value_));
}

std::string_view HtmlContext::print_url()
{
    const auto part = url_part();
    url_part_ = part == UrlPart::Whole ? UrlPart::OpenPart : part == UrlPart::FirstPart ? UrlPart::Part : part;
    switch (part) {
    case UrlPart::Whole:
        return "out.url(";
    case UrlPart::FirstPart:
        return "out.url_first_part(";
    case UrlPart::Address:
        return "out.url_address(";
    case UrlPart::OpenPart:
    case UrlPart::Part:
        return "out.url_part(";
    case UrlPart::Host:
        fail("the server's name in '" + attribute_ + "' is dynamic; prepare the whole URL in C++");
    case UrlPart::Scheme:
        fail("a dynamic value after this scheme in '" + attribute_ + "' is refused; use https:, mailto: or tel:");
    case UrlPart::Uncertain:
        break;
    }
    fail("whether this value begins the URL in '" + attribute_ +
         "' depends on a directive before it; prepare the whole URL in C++");
}

std::string_view HtmlContext::print_message(int line)
{
    boundary(line);
    if (state_ == State::Value && is_url_attribute(attribute_))
        fail("a message cannot be part of the URL in '" + attribute_ + "'; put it into text or another attribute");
    print(line);
    return state_ == State::Text ? "::web::text(out, " : "::web::isolated_text(out, ";
}

void HtmlContext::print_asset(int line)
{
    boundary(line);
    at_line_start_ = false;
    if (state_ != State::Value)
        fail("'asset' is only allowed in a quoted attribute; write src=\"{% asset … %}\"");
    if (!is_url_attribute(attribute_))
        return;
    if (url_part() != UrlPart::Whole)
        fail("'asset' is a whole address; remove the text before it");
    url_part_ = UrlPart::Part;
}

void HtmlContext::insert_markup(int line, std::string_view what)
{
    boundary(line);
    at_line_start_ = false;
    if (state_ != State::Text)
        fail(std::string(what) + " is only allowed in text, not " + describe() + "; move it out");
}

void HtmlContext::enter_block(int line)
{
    boundary(line);
    if (state_ == State::Value && is_url_attribute(attribute_))
        fail("a block inside the URL of '" + attribute_ + "' is refused; pass the URL as an argument of the layout");
}

void HtmlContext::leave_block()
{
    at_line_start_ = false;
    if (state_ == State::TagGap)
        state_ = State::TagNeedsGap;
}

void HtmlContext::expect_complete(int line) const
{
    if (state_ != State::Text)
        throw TemplateError(line, "the template ends " + describe() + "; complete the tag");
    if (!open_elements_.empty())
        throw TemplateError(
            line, "<" + open_elements_.back() + "> is not closed; add </" + open_elements_.back() + ">");
}

std::optional<HtmlContext> HtmlContext::join(const HtmlContext& left, const HtmlContext& right)
{
    HtmlContext joined = left;
    joined.at_line_start_ = left.at_line_start_ && right.at_line_start_;
    // A script's src in one branch only is as good as none.
    joined.has_src_ = left.has_src_ && right.has_src_;
    const auto is_between_attributes = [](State s) { return s == State::TagGap || s == State::TagNeedsGap; };
    if (is_between_attributes(left.state_) && is_between_attributes(right.state_) && left.state_ != right.state_)
        joined.state_ = State::TagNeedsGap;
    else if (left.state_ != right.state_)
        return std::nullopt;
    const bool in_tag = left.state_ != State::Text && left.state_ != State::Rcdata;
    if (left.open_elements_ != right.open_elements_ || left.finds_direction_ != right.finds_direction_ ||
        (in_tag && left.element_ != right.element_))
        return std::nullopt;
    if (left.slash_ != right.slash_ || left.closing_tag_ != right.closing_tag_)
        return in_tag ? std::nullopt : std::optional(joined);
    if (left.state_ != State::Value)
        return joined;
    if (left.attribute_ != right.attribute_ || left.quote_ != right.quote_)
        return std::nullopt;
    const bool same_text = left.value_ == right.value_ && left.url_part_ == right.url_part_;
    if (is_url_attribute(left.attribute_) && !same_text)
        joined.url_part_ = join_url_parts(left.url_part(), right.url_part());
    return joined;
}

std::string HtmlContext::describe() const
{
    switch (state_) {
    case State::Text:
    case State::Rcdata:
    case State::Script:
        return open_elements_.empty() ? "in text outside all elements"
                                      : "in text inside <" + open_elements_.back() + ">";
    case State::Comment:
        return "in an HTML comment";
    case State::Doctype:
        return "in <!doctype>";
    case State::BeforeValue:
    case State::Value:
        return "in the value of '" + attribute_ + "'";
    default:
        return "inside the tag <" + element_ + ">";
    }
}

} // namespace template_compiler
