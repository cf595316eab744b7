#pragma once

#include "base/file.hpp"
#include "http/body/multipart.hpp"
#include "http/body/upload.hpp"
#include "http/request.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace http {

/// Reads a form body as it arrives: text fields into memory, files to disk. It never fails; errors are in the fault,
/// and everything that could be read is kept.
class BodyReader final : private PartSink
{
  public:
    BodyReader(
        std::string_view content_type, const BodyLimits& limits, const std::filesystem::path& temporary_directory);
    /// The fault of files where the limits allow none, instead of TooManyFiles.
    void set_fault_of_files(BodyFault fault) { fault_of_files_ = fault; }

    /// Write at most these bytes to disk before it returns.
    void push(std::string_view bytes);
    /// Move fields, files and fault into the request. `is_whole` is false when the body was longer than what was
    /// pushed.
    void finish(Request& request, bool is_whole);
    /// The files that were written, open, for fdatasync.
    std::vector<base::Descriptor> take_descriptors() { return std::move(descriptors_); }

  private:
    enum class Kind : std::uint8_t
    {
        UrlEncoded,
        Multipart,
        Unknown
    };

    BodyLimits limits_;
    std::filesystem::path temporary_directory_;
    Kind kind_ = Kind::Unknown;
    std::optional<MultipartParser> parser_;
    std::string urlencoded_;
    std::vector<std::pair<std::string, std::string>> fields_;
    std::vector<UploadedFile> files_;
    std::vector<std::pair<std::string, std::string>> unread_files_;
    std::vector<base::Descriptor> descriptors_;
    BodyFault fault_ = BodyFault::None;
    BodyFault fault_of_files_ = BodyFault::TooManyFiles;
    std::uint64_t text_bytes_ = 0;

    PartHead part_;
    std::string text_;
    std::optional<UploadWriter> upload_;
    bool is_part_dropped_ = false;

    void begin_part(PartHead head) override;
    void part_data(std::string_view bytes) override;
    void end_part() override;
    void begin_file();
    void end_file();
    void end_text();
    void drop_part(BodyFault fault);
    void blame(BodyFault fault);
    void finish_urlencoded();
    void cut_fields();
    std::uint64_t room_for_field() const;
    void finish_multipart();
};

} // namespace http
