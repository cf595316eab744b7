#include "http/body/body_reader.hpp"

#include "base/url_encoding.hpp"
#include "base/utf8.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace http {

namespace {

/// "%C3": every byte may come as three.
constexpr std::uint64_t escaped_byte = 3;

} // namespace

BodyReader::BodyReader(
    std::string_view content_type, const BodyLimits& limits, const std::filesystem::path& temporary_directory)
    : limits_(limits), temporary_directory_(temporary_directory)
{
    const auto type = trim_blanks(content_type.substr(0, content_type.find(';')));
    if (equals_ignoring_case(type, "application/x-www-form-urlencoded")) {
        kind_ = Kind::UrlEncoded;
    } else if (const auto boundary = multipart_boundary(content_type)) {
        kind_ = Kind::Multipart;
        parser_.emplace(*boundary, static_cast<PartSink&>(*this));
    } else {
        blame(BodyFault::Malformed);
    }
}

void BodyReader::push(std::string_view bytes)
{
    if (kind_ == Kind::Multipart) {
        parser_->push(bytes);
    } else if (kind_ == Kind::UrlEncoded) {
        const auto room = escaped_byte * limits_.form_bytes - urlencoded_.size();
        if (bytes.size() > room)
            blame(BodyFault::TooLarge);
        urlencoded_ += bytes.substr(0, room);
    }
}

void BodyReader::finish(Request& request, bool is_whole)
{
    if (!is_whole)
        blame(BodyFault::TooLarge);
    if (kind_ == Kind::UrlEncoded)
        finish_urlencoded();
    else if (kind_ == Kind::Multipart)
        finish_multipart();
    request.form = std::move(fields_);
    request.files = std::move(files_);
    request.unread_files = std::move(unread_files_);
    request.fault = fault_;
}

void BodyReader::finish_urlencoded()
{
    // Half of an escape at the end ("%E") is no letter.
    if (fault_ == BodyFault::TooLarge) {
        const auto last = urlencoded_.rfind('%');
        if (last != std::string::npos && last + 3 > urlencoded_.size())
            urlencoded_.resize(last);
    }
    fields_ = base::decode_form(urlencoded_, limits_.fields + 1);
    cut_fields();
    if (fields_.size() > limits_.fields) {
        fields_.pop_back();
        blame(BodyFault::TooManyFields);
    }
}

void BodyReader::cut_fields()
{
    for (auto& [name, value] : fields_) {
        text_bytes_ += name.size();
        const std::uint64_t room = room_for_field();
        text_bytes_ += value.size();
        if (value.size() <= room)
            continue;
        blame(BodyFault::TooLarge);
        value.resize(room);
        value = base::repair_utf8(std::move(value));
    }
}

std::uint64_t BodyReader::room_for_field() const
{
    return std::max(limits_.form_bytes - std::min(text_bytes_, limits_.form_bytes), limits_.kept_of_each);
}

void BodyReader::finish_multipart()
{
    if (parser_->state() == MultipartParser::State::TooManyParts)
        blame(BodyFault::TooManyFields);
    else if (parser_->state() != MultipartParser::State::Epilogue)
        blame(BodyFault::Malformed);
    // A file that the body ended in the middle of goes with its writer.
    upload_.reset();
}

// The first fault counts; the later ones are mostly its consequences.
void BodyReader::blame(BodyFault fault)
{
    if (fault_ == BodyFault::None)
        fault_ = fault;
}

void BodyReader::drop_part(BodyFault fault)
{
    blame(fault);
    is_part_dropped_ = true;
    text_.clear();
}

void BodyReader::begin_part(PartHead head)
{
    part_ = std::move(head);
    text_.clear();
    is_part_dropped_ = false;
    if (part_.file_name)
        return;
    text_bytes_ += part_.name.size();
    if (fields_.size() >= limits_.fields)
        drop_part(BodyFault::TooManyFields);
}

void BodyReader::part_data(std::string_view bytes)
{
    if (is_part_dropped_)
        return;
    if (part_.file_name) {
        if (!upload_)
            begin_file();
        if (upload_)
            upload_->write(bytes);
        return;
    }
    const std::string_view kept = bytes.substr(0, room_for_field() - text_.size());
    if (kept.size() < bytes.size())
        blame(BodyFault::TooLarge);
    text_ += kept;
}

void BodyReader::end_part()
{
    if (is_part_dropped_)
        return;
    if (part_.file_name)
        end_file();
    else
        end_text();
}

void BodyReader::begin_file()
{
    constexpr std::size_t most_unread = 20;
    if (files_.size() >= limits_.files) {
        if (unread_files_.size() < most_unread)
            unread_files_.emplace_back(part_.name, *part_.file_name);
        drop_part(limits_.files == 0 ? fault_of_files_ : BodyFault::TooManyFiles);
    } else {
        upload_.emplace(temporary_directory_, limits_.file_bytes);
    }
}

void BodyReader::end_file()
{
    // A file field where nothing was chosen is sent as an empty file without a name.
    if (!upload_ && part_.file_name->empty())
        return;
    if (!upload_)
        begin_file();
    if (!upload_)
        return;
    if (upload_->is_broken())
        blame(BodyFault::DiskFull);
    auto descriptor = upload_->take_descriptor();
    auto file = upload_->finish();
    const bool is_broken = upload_->is_broken();
    upload_.reset();
    file.field = std::move(part_.name);
    file.name = std::move(*part_.file_name);
    if (file.too_large)
        blame(BodyFault::FileTooLarge);
    if (is_broken)
        return;
    files_.push_back(std::move(file));
    if (descriptor)
        descriptors_.push_back(std::move(descriptor));
}

void BodyReader::end_text()
{
    text_bytes_ += text_.size();
    fields_.emplace_back(std::move(part_.name), base::repair_utf8(std::move(text_)));
    text_.clear();
}

} // namespace http
