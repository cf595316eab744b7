#include "web/forms/upload.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

namespace web {

namespace {

constexpr std::string_view field = "attachments";
constexpr std::size_t longest_name_shown = 60;

constexpr std::array<std::pair<FileFault, std::string_view>, 6> fault_names{
    {{FileFault::TooLarge, "too_large"}, {FileFault::WrongKind, "wrong_kind"}, {FileFault::Incomplete, "incomplete"},
        {FileFault::Empty, "empty"}, {FileFault::TooMany, "too_many"}, {FileFault::Lost, "lost"}}};

base::Text limits(const FileRules& rules)
{
    return base::Text("Files can have {size} MB each, {count} at most.",
        {{"size", rules.most_bytes >> 20U}, {"count", rules.most_files}});
}

base::Text reason_against(const RefusedFile& file, const FileRules& rules)
{
    switch (file.fault) {
    case FileFault::TooLarge:
        return base::Text("“{name}” is too large. {limits}", {{"name", file.name}, {"limits", limits(rules)}});
    case FileFault::WrongKind:
        return base::Text("“{name}” is not a JPEG, PNG, WebP, HEIC or PDF file.", {{"name", file.name}});
    case FileFault::Incomplete:
        return base::Text(
            "“{name}” arrived incomplete or is damaged. Send it again, or another one.", {{"name", file.name}});
    case FileFault::Empty:
        return base::Text("“{name}” is empty.", {{"name", file.name}});
    case FileFault::TooMany:
        return base::Text("“{name}” is one too many. {limits}", {{"name", file.name}, {"limits", limits(rules)}});
    case FileFault::Lost:
        break;
    }
    return base::Text("“{name}” did not arrive.", {{"name", file.name}});
}

/// What is wrong with the body as a whole; nothing when it is fine or the files themselves say it.
base::Text reason_against_body(const Context& ctx, const FileRules& rules)
{
    switch (ctx.request().fault) {
    case http::BodyFault::TooManyFiles:
        return base::Text("These are too many files. {limits}", {{"limits", limits(rules)}});
    case http::BodyFault::TooLarge:
    case http::BodyFault::TooManyFields:
        if (!has_files(ctx))
            return base::Text("That’s too long. Text can have 256 KB. Make it shorter.");
        return base::Text("This is too much at once. Text can have 256 KB, all files together 128 MB. {limits}",
            {{"limits", limits(rules)}});
    case http::BodyFault::DiskFull:
        return base::Text("We cannot take files at the moment. Try again in a few minutes, or send it without files.");
    default:
        return {};
    }
}

std::optional<FileFault> fault_of(
    const http::UploadedFile& file, const FileRules& rules, std::size_t taken, std::string& type)
{
    if (file.too_large)
        return FileFault::TooLarge;
    if (file.size == 0)
        return FileFault::Empty;
    auto found = rules.type_of(file.path);
    if (!found)
        return FileFault::WrongKind;
    // Half a photo of a leak may be all that there is.
    if (rules.if_refused == IfRefused::Ask && !rules.is_complete(file.path, *found))
        return FileFault::Incomplete;
    type = *std::move(found);
    return taken < rules.most_files ? std::nullopt : std::optional(FileFault::TooMany);
}

/// Find the preview of the file that was sent as `place`. One that may not be shown is dropped without a word: it was
/// the script's idea.
std::optional<Preview> take_preview(std::vector<http::UploadedFile>& sent, std::size_t place, const FileRules& rules,
    std::vector<http::UploadedFile>& previews)
{
    const auto part = std::find_if(sent.begin(), sent.end(), [&](const http::UploadedFile& file) {
        return file.field == preview_field && file.name == std::to_string(place) && !file.path.empty();
    });
    if (part == sent.end())
        return std::nullopt;
    auto preview = rules.preview_of(part->path);
    if (preview) {
        preview->at = previews.size();
        previews.push_back(std::move(*part));
        part->field = preview_field;
    }
    return preview;
}

/// Leave in Context::files() what is taken, and return the rest.
std::vector<RefusedFile> sort_out(Context& ctx, const FileRules& rules, FileCheck& check)
{
    std::vector<http::UploadedFile> sent = std::exchange(ctx.files(), {});
    std::vector<http::UploadedFile> previews;
    std::vector<RefusedFile> refused;
    std::size_t place = 0;
    for (http::UploadedFile& file : sent) {
        if (file.field == preview_field)
            continue;
        const std::size_t own_place = place++;
        std::string type;
        if (const auto fault = fault_of(file, rules, check.files.size(), type)) {
            refused.push_back({shown_file_name(file.name), *fault});
            continue;
        }
        check.files.push_back({.type = std::move(type)});
        CheckedFile& taken = check.files.back();
        taken.may_be_drawn = rules.may_be_drawn(file.path, taken.type);
        if (taken.may_be_drawn)
            taken.preview = take_preview(sent, own_place, rules, previews);
        ctx.files().push_back(std::move(file));
    }
    for (CheckedFile& file : check.files) {
        if (file.preview)
            file.preview->at += check.files.size();
    }
    std::move(previews.begin(), previews.end(), std::back_inserter(ctx.files()));
    return refused;
}

bool is_sent_without(const http::Request& request)
{
    return request.form_value("without_refused") || request.query_value("without_refused");
}

/// "too_large IMG_2049.jpg".
std::optional<RefusedFile> parse_left_out(std::string_view value)
{
    const std::size_t blank = value.find(' ');
    const auto fault = parse_file_fault(value.substr(0, blank));
    if (!fault || blank == std::string_view::npos)
        return std::nullopt;
    return RefusedFile{shown_file_name(base::plain_file_name(value.substr(blank + 1))), *fault};
}

/// As pages show them; not those of files that were held.
std::vector<std::string> names_of_sent(const std::vector<http::UploadedFile>& files)
{
    std::vector<std::string> names;
    for (const http::UploadedFile& file : files) {
        if (file.field == field)
            names.push_back(shown_file_name(file.name));
    }
    return names;
}

bool is_over_a_limit(const RefusedFile& file)
{
    return file.fault == FileFault::TooLarge || file.fault == FileFault::TooMany;
}

void ask_about(const std::vector<RefusedFile>& refused, const FileRules& rules, FormErrors& errors, FileCheck& check)
{
    for (const RefusedFile& file : refused)
        errors.add(std::string(field), reason_against(file, rules));
    errors.offer_to_send_without(
        {.form = std::string(rules.form_id), .files = refused.size(), .left_out = fields_of(refused)});
    if (check.refusal == http::Status::UnprocessableContent &&
        std::any_of(refused.begin(), refused.end(), is_over_a_limit))
        check.refusal = http::Status::ContentTooLarge;
}

} // namespace

std::string_view file_fault_name(FileFault fault)
{
    return fault_names.at(static_cast<std::size_t>(fault)).second;
}

std::optional<FileFault> parse_file_fault(std::string_view name)
{
    for (const auto& [fault, known] : fault_names) {
        if (known == name)
            return fault;
    }
    return std::nullopt;
}

bool keeps_files(const http::Request& request)
{
    return !request.header("x-files-kept").empty();
}

// Files that the page told the visitor about, "too_large IMG_2049.jpg" each. What a script did not send counts always;
// what the question named, when it was answered.
void add_left_out(const http::Request& request, std::vector<std::string> sent, std::vector<RefusedFile>& left_out)
{
    if (keeps_files(request))
        sent.clear();
    const bool is_answered = is_sent_without(request);
    std::map<std::string_view, std::ptrdiff_t> asked;
    for (const auto& [name, value] : request.form) {
        const bool is_of_question = name == "left_out";
        const auto file = name == "not_sent" || (is_of_question && is_answered) ? parse_left_out(value) : std::nullopt;
        if (!file || left_out.size() >= most_file_parts || std::ranges::find(sent, file->name) != sent.end())
            continue;
        // The question names two files with one name twice; a script may name the same file as the page did.
        const std::ptrdiff_t others = is_of_question ? asked[value]++ : 0;
        if (std::ranges::count(left_out, *file) <= others)
            left_out.push_back(*file);
    }
}

std::string shown_file_name(std::string_view name)
{
    return std::string(base::first_code_points(name, longest_name_shown));
}

std::vector<std::string> fields_of(const std::vector<RefusedFile>& files)
{
    std::vector<std::string> fields;
    for (const RefusedFile& file : files)
        fields.push_back(std::string(file_fault_name(file.fault)) + " " + file.name);
    return fields;
}

FileCheck check_files(Context& ctx, const FileRules& rules, FormErrors& errors)
{
    const http::BodyFault fault = ctx.request().fault;
    if (fault == http::BodyFault::Malformed)
        throw base::BadRequest(base::Text("We could not read what was sent. Please go back and try again."));
    FileCheck check;
    std::erase_if(ctx.files(), [](const http::UploadedFile& file) { return file.name.empty() && file.size == 0; });
    std::vector<std::string> sent = names_of_sent(ctx.files());
    std::vector<RefusedFile> refused = sort_out(ctx, rules, check);
    const base::Text about_body = reason_against_body(ctx, rules);
    const bool is_asked = rules.if_refused == IfRefused::Ask;
    if (is_asked && !about_body.empty()) {
        errors.add(std::string(field), about_body);
        check.refusal =
            fault == http::BodyFault::DiskFull ? http::Status::ServiceUnavailable : http::Status::ContentTooLarge;
    } else if (!about_body.empty() && !is_text_cut(ctx.request())) {
        refused.push_back({{}, FileFault::Lost});
    }
    if (is_asked && !refused.empty() && !is_sent_without(ctx.request())) {
        ask_about(refused, rules, errors, check);
        return check;
    }
    check.left_out = std::move(refused);
    add_left_out(ctx.request(), std::move(sent), check.left_out);
    return check;
}

bool is_text_cut(const http::Request& request)
{
    std::uint64_t bytes = 0;
    for (const auto& [name, value] : request.form)
        bytes += name.size() + value.size();
    return request.fault == http::BodyFault::TooLarge && bytes >= http::BodyLimits().form_bytes;
}

bool has_files(const Context& ctx)
{
    const http::BodyFault fault = ctx.request().fault;
    return !ctx.request().files.empty() || (fault != http::BodyFault::None && fault != http::BodyFault::FileTooLarge);
}

} // namespace web
