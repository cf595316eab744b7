#include "http/body/multipart.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <utility>

namespace http {

MultipartParser::MultipartParser(std::string_view boundary, PartSink& sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink)
{}

void MultipartParser::push(std::string_view bytes)
{
    while (!bytes.empty()) {
        std::size_t taken = bytes.size();
        switch (state_) {
        case State::Preamble:
        case State::Data:
            taken = take_data(bytes);
            break;
        case State::Boundary:
            taken = take_boundary_end(bytes);
            break;
        case State::Head:
            taken = take_head(bytes);
            break;
        case State::Epilogue:
        case State::Malformed:
        case State::TooManyParts:
            break;
        }
        bytes.remove_prefix(taken);
    }
}

void MultipartParser::emit(std::string_view bytes)
{
    if (state_ == State::Data && !bytes.empty())
        sink_.part_data(bytes);
}

// A CR occurs in the delimiter only as its first character. So a match that fails can begin anew only at the byte that
// broke it, and the bytes matched before are the delimiter's own prefix: nothing needs to be kept between two calls.
std::size_t MultipartParser::take_data(std::string_view bytes)
{
    std::size_t carried = matched_;
    std::size_t match_begin = 0;
    std::size_t at = 0;
    while (true) {
        if (matched_ == 0) {
            match_begin = bytes.find('\r', at);
            if (match_begin == std::string_view::npos) {
                emit(bytes);
                return bytes.size();
            }
            at = match_begin + 1;
            matched_ = 1;
        }
        while (at < bytes.size() && matched_ < delimiter_.size() && bytes[at] == delimiter_[matched_]) {
            ++at;
            ++matched_;
        }
        if (matched_ == delimiter_.size() || at == bytes.size())
            break;
        emit(std::string_view(delimiter_).substr(0, std::exchange(carried, 0)));
        matched_ = 0;
    }
    emit(bytes.substr(0, match_begin));
    if (matched_ < delimiter_.size())
        return bytes.size();
    matched_ = 0;
    if (state_ == State::Data)
        sink_.end_part();
    state_ = State::Boundary;
    return at;
}

std::size_t MultipartParser::take_boundary_end(std::string_view bytes)
{
    const auto taken = std::min(bytes.size(), 2 - held_.size());
    held_ += bytes.substr(0, taken);
    if (held_.size() < 2)
        return taken;
    if (held_ == "--")
        state_ = State::Epilogue;
    else
        state_ = held_ == "\r\n" ? State::Head : State::Malformed;
    held_.clear();
    return taken;
}

std::size_t MultipartParser::take_head(std::string_view bytes)
{
    const auto before = held_.size();
    held_ += bytes.substr(0, part_head_limit - before);
    const auto end = held_.find("\r\n\r\n", before > 3 ? before - 3 : 0);
    if (end == std::string::npos) {
        if (held_.size() == part_head_limit)
            state_ = State::Malformed;
        return bytes.size();
    }
    auto head = parse_part_head(std::string_view(held_).substr(0, end));
    held_.clear();
    if (!head) {
        state_ = State::Malformed;
    } else if (++parts_ > part_limit) {
        state_ = State::TooManyParts;
    } else {
        state_ = State::Data;
        sink_.begin_part(std::move(*head));
    }
    return end + 4 - before;
}

std::optional<std::string> multipart_boundary(std::string_view content_type)
{
    const auto type = trim_blanks(content_type.substr(0, content_type.find(';')));
    if (!equals_ignoring_case(type, "multipart/form-data"))
        return std::nullopt;
    auto boundary = find_parameter(content_type, "boundary");
    constexpr std::size_t longest = 70;
    if (!boundary || boundary->empty() || boundary->size() > longest ||
        boundary->find_first_of("\r\n") != std::string::npos)
        return std::nullopt;
    return boundary;
}

} // namespace http
