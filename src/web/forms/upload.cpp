#include "web/forms/upload.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace web {

namespace {

constexpr std::string_view field = "attachments";
constexpr std::size_t longest_name_shown = 60;

std::string shown_name(const http::UploadedFile& file)
{
    return std::string(base::first_code_points(file.name, longest_name_shown));
}

base::Text limits(const FileRules& rules)
{
    return base::Text("Files can have {size} MB each, {count} at most.",
        {{"size", rules.most_bytes >> 20U}, {"count", rules.most_files}});
}

void check_limits(const Context& ctx, const FileRules& rules, FormErrors& errors)
{
    for (const http::UploadedFile& file : ctx.request().files) {
        if (file.too_large)
            errors.add(std::string(field),
                base::Text("“{name}” is too large. {limits}", {{"name", shown_name(file)}, {"limits", limits(rules)}}));
    }
    switch (ctx.request().fault) {
    case http::BodyFault::TooManyFiles:
        errors.add(std::string(field), base::Text("These are too many files. {limits}", {{"limits", limits(rules)}}));
        break;
    case http::BodyFault::FileTooLarge:
        if (errors.of(field).empty())
            errors.add(
                std::string(field), base::Text("One of the files is too large. {limits}", {{"limits", limits(rules)}}));
        break;
    case http::BodyFault::TooLarge:
    case http::BodyFault::TooManyFields:
        errors.add(std::string(field),
            base::Text("This is too much at once. Text can have 256 KB, all files together 128 MB. {limits}",
                {{"limits", limits(rules)}}));
        break;
    default:
        break;
    }
}

void check_types(const Context& ctx, const FileRules& rules, FormErrors& errors, std::vector<std::string>& types)
{
    for (const http::UploadedFile& file : ctx.request().files) {
        if (auto type = rules.type_of(file.path))
            types.push_back(std::move(*type));
        else
            errors.add(std::string(field),
                base::Text("“{name}” is not a JPEG, PNG, WebP, HEIC or PDF file.", {{"name", shown_name(file)}}));
    }
}

} // namespace

FileCheck check_files(Context& ctx, const FileRules& rules, FormErrors& errors)
{
    FileCheck check;
    const http::BodyFault fault = ctx.request().fault;
    if (fault == http::BodyFault::Malformed)
        throw base::BadRequest(base::Text("We could not read what was sent. Please go back and try again."));
    if (fault == http::BodyFault::DiskFull) {
        errors.add(std::string(field),
            base::Text("We cannot take files at the moment. Try again in a few minutes, or send it without files."));
        check.refusal = http::Status::ServiceUnavailable;
        return check;
    }
    std::erase_if(ctx.files(), [](const http::UploadedFile& file) { return file.name.empty() && file.size == 0; });
    check_limits(ctx, rules, errors);
    if (!errors.of(field).empty() || fault != http::BodyFault::None)
        check.refusal = http::Status::ContentTooLarge;
    else
        check_types(ctx, rules, errors, check.types);
    return check;
}

bool has_files(const Context& ctx)
{
    return !ctx.request().files.empty() || ctx.request().fault != http::BodyFault::None;
}

} // namespace web
