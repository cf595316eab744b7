#include "template_compiler/html_context.hpp"

#include "template_compiler/error.hpp"
#include "template_compiler/html_names.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace template_compiler {
namespace {

bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_name_character(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix)
{
    return text.size() >= prefix.size() && std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, lower, lower);
}

std::size_t length_of_blanks(std::string_view text)
{
    const auto end = std::ranges::find_if_not(text, is_space);
    return static_cast<std::size_t>(end - text.begin());
}

} // namespace

void HtmlContext::fail(const std::string& what) const
{
    throw TemplateError(line_, what);
}

std::string HtmlContext::literal(std::string_view text, int line)
{
    line_ = line;
    std::string kept;
    while (!text.empty()) {
        const auto blanks = may_squeeze() ? length_of_blanks(text) : 0;
        opened_preformatted_ = false;
        const auto used = blanks > 0 ? (step(" "), blanks) : step(text);
        const auto piece = text.substr(0, used);
        const bool squeezed = blanks > 0 && piece.find('\n') != std::string_view::npos;
        if (!squeezed)
            kept += piece;
        else if (!at_line_start_)
            kept += squeezed_blanks();
        at_line_start_ = squeezed || (used == 0 && at_line_start_);
        line_ += static_cast<int>(std::ranges::count(piece, '\n'));
        text.remove_prefix(used);
    }
    // The parser of a browser drops one newline here, which would otherwise be the first of a dynamic value.
    if (std::exchange(opened_preformatted_, false))
        kept += '\n';
    return kept;
}

std::string_view HtmlContext::squeezed_blanks() const
{
    if (state_ != State::Text)
        return " ";
    return !open_elements_.empty() && is_textless_element(open_elements_.back()) ? "" : "\n";
}

bool HtmlContext::may_squeeze() const
{
    if (state_ == State::Text)
        return std::ranges::none_of(open_elements_, is_preformatted_element);
    return state_ == State::TagNeedsGap || state_ == State::TagGap || state_ == State::AttributeName ||
           state_ == State::AfterAttributeName;
}

// A step that only changes the state consumes nothing; the loop in literal() continues in the new state.
std::size_t HtmlContext::step(std::string_view rest)
{
    switch (state_) {
    case State::Text:
        return step_text(rest);
    case State::Rcdata:
    case State::Script:
        return step_raw_content(rest);
    case State::Comment:
        if (!rest.starts_with("-->"))
            return 1;
        state_ = State::Text;
        return 3;
    case State::Doctype:
        if (rest[0] == '>')
            state_ = State::Text;
        return 1;
    case State::TagName:
        if (!is_name_character(rest[0])) {
            finish_tag_name();
            return 0;
        }
        element_ += lower(rest[0]);
        return 1;
    case State::TagGap:
    case State::TagNeedsGap:
        return step_tag(rest);
    case State::AttributeName:
    case State::AfterAttributeName:
        return step_attribute_name(rest);
    default:
        return step_value(rest);
    }
}

std::size_t HtmlContext::step_text(std::string_view rest)
{
    if (rest[0] != '<')
        return 1;
    const char next = rest.size() > 1 ? rest[1] : ' ';
    if (rest.starts_with("<!--")) {
        state_ = State::Comment;
        return 4;
    }
    if (starts_with_ignoring_case(rest, "<!doctype")) {
        state_ = State::Doctype;
        return 9;
    }
    const bool closing = next == '/' && rest.size() > 2 && is_letter(rest[2]);
    if (!closing && !is_letter(next))
        fail("'<' does not begin a tag here; write &lt; or move the whole tag name next to it");
    open_tag(closing);
    return closing ? 2 : 1;
}

std::size_t HtmlContext::step_raw_content(std::string_view rest)
{
    const auto& element = open_elements_.back();
    if (rest[0] == '<') {
        if (!starts_with_ignoring_case(rest, "</" + element))
            fail("<" + element + "> cannot contain tags; write &lt; or close it with </" + element + ">");
        open_tag(true);
        return 2;
    }
    if (state_ == State::Script && !is_space(rest[0]))
        fail("inline scripts are refused by our content security policy; move the code to frontend/ and use <script "
             "src>");
    return 1;
}

void HtmlContext::open_tag(bool closing)
{
    state_ = State::TagName;
    closing_tag_ = closing;
    slash_ = false;
    has_src_ = false;
    element_.clear();
}

std::size_t HtmlContext::step_tag(std::string_view rest)
{
    const char c = rest[0];
    if (c == '>') {
        finish_tag();
    } else if (slash_) {
        fail("'/' inside the tag <" + element_ + ">; it may only stand before '>'");
    } else if (c == '/') {
        slash_ = true;
    } else if (is_space(c)) {
        state_ = State::TagGap;
    } else if (state_ == State::TagNeedsGap) {
        fail("a space is missing before '" + std::string(1, c) + "' in the tag <" + element_ + ">; add it");
    } else {
        begin_attribute(c);
    }
    return 1;
}

void HtmlContext::begin_attribute(char first)
{
    if (!is_name_character(first))
        fail("'" + std::string(1, first) + "' cannot begin an attribute of <" + element_ + ">; write name=\"value\"");
    if (closing_tag_)
        fail("the end tag </" + element_ + "> has an attribute; remove it");
    attribute_ = lower(first);
    state_ = State::AttributeName;
}

std::size_t HtmlContext::step_attribute_name(std::string_view rest)
{
    const char c = rest[0];
    if (state_ == State::AttributeName && is_name_character(c)) {
        attribute_ += lower(c);
        return 1;
    }
    if (state_ == State::AttributeName)
        finish_attribute_name();
    if (c == '=') {
        state_ = State::BeforeValue;
        return 1;
    }
    if (is_space(c)) {
        state_ = State::AfterAttributeName;
        return 1;
    }
    state_ = state_ == State::AttributeName ? State::TagNeedsGap : State::TagGap;
    return 0;
}

std::size_t HtmlContext::step_value(std::string_view rest)
{
    const char c = rest[0];
    if (state_ == State::BeforeValue) {
        if (is_space(c))
            return 1;
        if (c != '"' && c != '\'')
            fail("the value of '" + attribute_ + "' is not quoted; write " + attribute_ + "=\"…\"");
        state_ = State::Value;
        quote_ = c;
        value_.clear();
        url_part_.reset();
        return 1;
    }
    if (c == quote_) {
        finish_value();
    } else if (url_part_ && is_url_attribute(attribute_)) {
        try {
            url_part_ = url_part_after(*url_part_, c);
        } catch (const std::invalid_argument& error) {
            fail(error.what());
        }
    } else {
        value_ += c;
    }
    return 1;
}

void HtmlContext::finish_tag_name()
{
    if (is_refused_element(element_))
        fail("<" + element_ + "> is refused" +
             (element_ == "style" ? " by our content security policy; use a class and frontend/styles"
                                  : ", browsers read it in ways escaping cannot follow; use another element"));
    state_ = State::TagNeedsGap;
}

void HtmlContext::finish_attribute_name()
{
    if (attribute_.starts_with("on"))
        fail("the handler '" + attribute_ +
             "' is refused by our content security policy; use a data- attribute and a behaviour in frontend/");
    if (attribute_ == "style")
        fail("the attribute 'style' is refused by our content security policy; use a class");
    if (attribute_ == "src")
        has_src_ = true;
}

void HtmlContext::finish_value()
{
    if (is_url_attribute(attribute_) && (is_script_url(value_) || url_part_ == UrlPart::Scheme))
        fail("a script as the URL of '" + attribute_ + "' is refused; use a behaviour in frontend/");
    if (attribute_ == "http-equiv" && starts_with_ignoring_case(value_, "refresh"))
        fail("<meta http-equiv=\"refresh\"> is refused; answer with a redirect");
    has_dir_auto_ = has_dir_auto_ || (attribute_ == "dir" && value_ == "auto");
    state_ = State::TagNeedsGap;
    value_.clear();
    url_part_.reset();
}

void HtmlContext::finish_tag()
{
    const auto in_foreign = [](const std::string& name) { return name == "svg" || name == "math"; };
    const bool foreign = in_foreign(element_) || std::ranges::any_of(open_elements_, in_foreign);
    if (slash_ && !foreign && !is_void_element(element_))
        fail("HTML ignores the slash in <" + element_ + "/>; write <" + element_ + "></" + element_ + ">");
    const bool finds_direction = std::exchange(has_dir_auto_, false);
    state_ = State::Text;
    attribute_.clear();
    if (closing_tag_)
        return close_element();
    if (slash_ || (is_void_element(element_) && !foreign))
        return;
    open_elements_.push_back(element_);
    finds_direction_.push_back(finds_direction);
    if (element_ == "script" && !has_src_)
        fail("inline scripts are refused by our content security policy; use <script src=\"{% asset … %}\"></script>");
    if (element_ == "script")
        state_ = State::Script;
    else if (is_rcdata_element(element_) && !foreign)
        state_ = State::Rcdata;
    opened_preformatted_ = is_preformatted_element(element_);
}

void HtmlContext::close_element()
{
    if (open_elements_.empty())
        fail("</" + element_ + "> closes nothing; remove it or add <" + element_ + ">");
    if (open_elements_.back() != element_)
        fail("</" + element_ + "> stands where <" + open_elements_.back() + "> is open; write </" +
             open_elements_.back() + "> first");
    open_elements_.pop_back();
    finds_direction_.pop_back();
}

} // namespace template_compiler
