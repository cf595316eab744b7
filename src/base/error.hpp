#pragma once

#include <stdexcept>
#include <string>

namespace base {

/// It does not exist, or it is not the visitor's: a stranger must not learn which. Becomes 404.
struct NotFound : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Something of the visitor's own that should be there is gone. Becomes 404; `what()` is public text.
struct Lost : NotFound
{
    using NotFound::NotFound;
};

/// The visitor's role does not allow this. Becomes 403.
struct Forbidden : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The form's token is missing, foreign or too old. Becomes 403 "this page expired", typed text kept.
struct InvalidToken : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Somebody else changed it in the meantime. Becomes 409 with both versions.
struct Conflict : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// A query value that no link of ours produces. Becomes 400; `what()` is public text.
struct BadRequest : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// A limit that the visitor exceeded. Becomes 413; `what()` is public text that names the limit.
struct TooLarge : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Too many attempts. Becomes 429; `retry_after_seconds` is told to the visitor.
struct TooManyAttempts : std::runtime_error
{
    TooManyAttempts(const std::string& text, int seconds) : std::runtime_error(text), retry_after_seconds(seconds) {}
    int retry_after_seconds;
};

/// Busy, locked or out of disk; nothing was written. Becomes 503 with Retry-After, typed text kept.
struct Unavailable : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

} // namespace base
