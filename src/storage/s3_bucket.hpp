#pragma once

#include "base/file.hpp"
#include "base/time.hpp"
#include "storage/s3_settings.hpp"
#include "storage/s3_transport.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace storage {

/// A part of a file.
struct FilePiece
{
    const base::Descriptor& file;
    std::uint64_t from = 0;
    std::uint64_t size = 0;
};

/// An object in a listing.
struct S3Listed
{
    std::string_view name;
    base::Time changed;
    std::uint64_t size = 0;
};

/// Makes an empty file in a directory that has no name any more, so that nothing is left behind whatever happens.
base::Descriptor nameless_file(const std::filesystem::path& directory);

/// The objects of a bucket whose keys begin with the prefix. Thread-safe. What the store cannot do now it says as
/// base::Unavailable in plain words; a server that is busy, broken or gone is asked again with growing, random pauses
/// until the deadline.
class S3Bucket
{
  public:
    enum class Effort
    {
        Repeat,
        Once
    };

    /// `called` is what the bucket is in messages.
    explicit S3Bucket(S3Settings settings, std::string called = "the attachments store");

    const S3Settings& settings() const { return settings_; }
    /// Stores the whole file under the name; the server refuses it when the bytes are not those of `sha256`.
    void put(std::string_view name, const base::Descriptor& file, std::string_view sha256);
    /// put() for a part of a file.
    void put_piece(std::string_view name, const FilePiece& piece, std::string_view sha256);
    /// Writes the object's bytes into the empty file; goes on where a broken attempt ended. `size` is what
    /// to expect. False when there is none.
    bool get(std::string_view name, const base::Descriptor& into, std::uint64_t size) const;
    /// Removes the object, if there is one.
    void remove(std::string_view name, Effort effort = Effort::Repeat);
    /// Copies an object within the bucket; false when there is none.
    bool copy(std::string_view from, std::string_view to);
    /// Tells the objects whose names begin with `beginning`, without it, page by page until told to end.
    void list(std::string_view beginning, const std::function<Listing(const S3Listed&)>& tell) const;
    /// Stores, reads and removes a small object of its own.
    void probe();

  private:
    struct Ask
    {
        std::string method;
        /// Of the object; empty for the bucket itself.
        std::string_view name = {};
        std::map<std::string, std::string> query = {};
        const base::Descriptor* body = nullptr;
        std::uint64_t body_from = 0;
        std::string_view sha256 = {};
        const base::Descriptor* into = nullptr;
        /// Of the object whose bytes a PUT without body takes.
        std::string_view copied = {};
        Effort effort = Effort::Repeat;
        /// Of the file that is sent or fetched.
        std::uint64_t size = 0;
    };
    HttpCall call(const Ask& ask, std::chrono::milliseconds deadline) const;
    HttpAnswer send(const Ask& ask) const;
    std::string key(std::string_view name) const;
    [[noreturn]] void refuse(const HttpAnswer& answer) const;

    S3Settings settings_;
    std::string called_;
    S3Address address_;
    mutable HttpTransport transport_;
};

} // namespace storage
