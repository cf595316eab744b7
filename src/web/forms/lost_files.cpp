#include "web/forms/lost_files.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string_view>

namespace web {

namespace {

constexpr std::string_view mark = "had_files";
constexpr std::string_view name_mark = "lost_file";

std::vector<std::string> names_of(const http::Request& request)
{
    std::vector<std::string> names;
    const auto add = [&](std::string_view field, std::string_view name) {
        if (field != preview_field && !name.empty() && names.size() < most_file_parts)
            names.push_back(shown_file_name(base::plain_file_name(name)));
    };
    for (const http::UploadedFile& file : request.files)
        add(file.field, file.name);
    for (const auto& [field, name] : request.unread_files)
        add(field, name);
    return names;
}

/// With commas, without those that nobody knows.
std::string list_of(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& name : names) {
        if (!name.empty())
            list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

base::Text words_for(const std::vector<std::string>& names)
{
    if (names.empty())
        return base::Text("Photos aren’t kept. Add them again.");
    return base::Text("Photos aren’t kept. Add them again: {names}", {{"names", list_of(names)}});
}

bool had_files(const http::Request& request)
{
    const auto is_chosen = [](const http::UploadedFile& file) { return !file.name.empty() || file.size > 0; };
    const bool is_about_files = request.fault == http::BodyFault::FileTooLarge ||
                                request.fault == http::BodyFault::TooManyFiles ||
                                request.fault == http::BodyFault::DiskFull;
    return is_about_files || request.form_value("held") ||
           std::any_of(request.files.begin(), request.files.end(), is_chosen);
}

} // namespace

Fields note_of_files(const http::Request& request)
{
    if (!had_files(request))
        return {};
    Fields fields = {{std::string(mark), "1"}};
    for (std::string& name : names_of(request))
        fields.emplace_back(name_mark, std::move(name));
    return fields;
}

Fields note_named_files(Fields fields)
{
    std::size_t names = 0;
    std::erase_if(fields, [&](const auto& field) {
        return field.first == mark || (field.first == name_mark && ++names > most_file_parts);
    });
    for (auto& [field, value] : fields) {
        if (field == name_mark)
            value = shown_file_name(base::plain_file_name(value));
    }
    if (names > 0)
        fields.emplace_back(mark, "1");
    return fields;
}

base::Text lost_files_of(const Fields& draft)
{
    if (field_of(draft, mark).empty())
        return {};
    std::vector<std::string> names;
    for (const auto& [field, value] : draft) {
        if (field == name_mark)
            names.push_back(value);
    }
    return words_for(names);
}

base::Text lost_files_of(const http::Request& request)
{
    return words_for(names_of(request));
}

std::vector<RefusedFile> all_lost(const http::Request& request)
{
    std::vector<std::string> names = names_of(request);
    std::vector<RefusedFile> lost;
    for (const std::string& name : names)
        lost.push_back({name, FileFault::Lost});
    // Those that the server keeps for the form, and those of a body that was too much, have no names here.
    if (had_files(request) && (lost.empty() || request.form_value("held")))
        lost.push_back({});
    add_left_out(request, std::move(names), lost);
    return lost;
}

base::Text not_sent_words(const std::vector<std::string>& names)
{
    if (names.empty())
        return {};
    const std::string list = list_of(names);
    return list.empty() ? base::Text("Your photos were not sent")
                        : base::Text("Your photos were not sent: {names}", {{"names", list}});
}

} // namespace web
