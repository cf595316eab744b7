#pragma once

#include "template_compiler/url_prefix.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace template_compiler {

/// Where in the HTML a template stands. It follows the literal text the way a browser's tokenizer does, but stricter:
/// what a browser would repair is refused, so the place of every dynamic value is certain. A copyable value; branches
/// are compiled from copies that join() afterwards. All functions throw TemplateError.
class HtmlContext
{
  public:
    /// Follows literal text that begins on `line`; returns it with indentation squeezed.
    std::string literal(std::string_view text, int line);

    /// Must be called before anything that is not literal text.
    void boundary(int line);

    /// The beginning of the call that prints a value here, up to the value: "out.url(". The context then stands after
    /// the value.
    std::string_view print(int line);
    /// As print(), for the value of a message's placeholder; a message may not be part of a URL.
    std::string_view print_message(int line);
    /// As print(), for an asset's whole address.
    void print_asset(int line);
    /// Element content, where markup may be inserted; `what` completes "… is only allowed in text".
    void insert_markup(int line, std::string_view what);

    /// A place that an extending template may fill with other content, and the context after whatever fills it.
    void enter_block(int line);
    void leave_block();

    /// Throws unless this is plain element content with every element closed.
    void expect_complete(int line) const;

    /// Describes the place both `left` and `right` lead to, or nothing when they differ.
    static std::optional<HtmlContext> join(const HtmlContext& left, const HtmlContext& right);
    /// "inside <p>, in the value of 'href'": for messages.
    std::string describe() const;

    /// Whether compiling from here gives the same code as compiling from `other`.
    bool operator==(const HtmlContext& other) const = default;

  private:
    enum class State
    {
        Text,
        Rcdata,
        Script,
        Comment,
        Doctype,
        TagName,
        TagGap,
        TagNeedsGap,
        AttributeName,
        AfterAttributeName,
        BeforeValue,
        Value,
    };

    [[noreturn]] void fail(const std::string& what) const;
    bool may_squeeze() const;
    /// What indentation becomes here.
    std::string_view squeezed_blanks() const;
    /// Each consumes characters from the front of `rest` and returns how many.
    std::size_t step(std::string_view rest);
    std::size_t step_text(std::string_view rest);
    std::size_t step_raw_content(std::string_view rest);
    std::size_t step_tag(std::string_view rest);
    std::size_t step_attribute_name(std::string_view rest);
    std::size_t step_value(std::string_view rest);
    void open_tag(bool closing);
    void begin_attribute(char first);
    void finish_tag_name();
    void finish_attribute_name();
    void finish_value();
    void finish_tag();
    void close_element();
    UrlPart url_part() const;
    void check_dynamic_attribute() const;
    std::string_view print_url();

    int line_ = 1;
    State state_ = State::Text;
    std::vector<std::string> open_elements_;
    /// For each of them, whether it takes its direction from its text: dir="auto".
    std::vector<bool> finds_direction_;
    bool has_dir_auto_ = false;
    bool closing_tag_ = false;
    bool slash_ = false;
    bool has_src_ = false;
    std::string element_;
    std::string attribute_;
    char quote_ = '"';
    std::string value_;
    /// Set once a dynamic value or a branch made the literal text in value_ insufficient.
    std::optional<UrlPart> url_part_;
    /// The output certainly ends with squeezed indentation (or is empty), so more of it would be superfluous.
    bool at_line_start_ = true;
    /// Only within literal(): the text so far ends with the start tag of <pre> or <textarea>.
    bool opened_preformatted_ = false;
};

} // namespace template_compiler
