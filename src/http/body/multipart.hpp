#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace http {

/// The head of one part of a multipart form.
struct PartHead
{
    /// Valid UTF-8.
    std::string name;
    /// Only file fields have one; it is empty when no file was chosen. Without folders, control and bidi characters.
    std::optional<std::string> file_name;
};

/// Receives the parts as they arrive. Views live only during the call.
class PartSink
{
  public:
    virtual ~PartSink() = default;
    virtual void begin_part(PartHead head) = 0;
    virtual void part_data(std::string_view bytes) = 0;
    virtual void end_part() = 0;
};

/// Push parser for multipart/form-data (RFC 7578) in constant memory: the same parts come out however the input is cut.
class MultipartParser
{
  public:
    enum class State : std::uint8_t
    {
        Preamble,
        Boundary,
        Head,
        Data,
        Epilogue,
        Malformed,
        TooManyParts
    };

    static constexpr std::size_t part_limit = 100;
    static constexpr std::size_t part_head_limit = 8 * 1024;

    /// The sink must outlive the parser.
    MultipartParser(std::string_view boundary, PartSink& sink);

    /// Parse more input. After an error (Malformed, TooManyParts) or the last boundary (Epilogue) the rest is ignored.
    void push(std::string_view bytes);
    State state() const { return state_; }

  private:
    std::string delimiter_;
    PartSink& sink_;
    State state_ = State::Preamble;
    /// Bytes of the delimiter seen so far; the body begins as if a line end preceded it.
    std::size_t matched_ = 2;
    std::string held_;
    std::size_t parts_ = 0;

    std::size_t take_data(std::string_view bytes);
    std::size_t take_boundary_end(std::string_view bytes);
    std::size_t take_head(std::string_view bytes);
    void emit(std::string_view bytes);
};

/// Find the boundary of a multipart/form-data content type; empty for another type or an invalid boundary.
std::optional<std::string> multipart_boundary(std::string_view content_type);
/// Read the header lines of a part; empty when it is not a form part.
std::optional<PartHead> parse_part_head(std::string_view lines);

} // namespace http
