#pragma once

#include "base/translatable.hpp"

#include <stdexcept>
#include <string>

namespace base {

/// A refusal whose words the visitor reads; `what()` is its English, for the log.
template <typename Base>
struct PublicError : Base
{
    explicit PublicError(Text its_text) : Base(its_text.english()), text(std::move(its_text)) {}
    Text text;
};

/// It does not exist, or it is not the visitor's: a stranger must not learn which. Becomes 404.
struct NotFound : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Something of the visitor's own that should be there is gone. Becomes 404 with its text.
struct Lost : PublicError<NotFound>
{
    using PublicError::PublicError;
};

/// The visitor's role does not allow this. Becomes 403.
struct Forbidden : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The form's token is missing, foreign or too old. Becomes 403 "this page expired", without the typed text.
struct InvalidToken : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The form was drawn for another user than the one who is signed in now; the typed text is kept for that user. Becomes
/// 403, without the text.
struct OthersForm : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// The browser says that the form came from another site, or does not say from where. Becomes 403 with its own words.
struct ForeignForm : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Somebody else changed it in the meantime. Becomes 409 with both versions.
struct Conflict : PublicError<std::runtime_error>
{
    using PublicError::PublicError;
};

/// A query value that no link of ours produces. Becomes 400 with its text.
struct BadRequest : PublicError<std::runtime_error>
{
    using PublicError::PublicError;
};

/// A limit that the visitor exceeded. Becomes 413 with its text, which names the limit.
struct TooLarge : PublicError<std::runtime_error>
{
    using PublicError::PublicError;
};

/// Too many attempts. Becomes 429 with its text; `retry_after_seconds` is told to the visitor.
struct TooManyAttempts : PublicError<std::runtime_error>
{
    TooManyAttempts(Text its_text, int seconds) : PublicError(std::move(its_text)), retry_after_seconds(seconds) {}
    int retry_after_seconds;
};

/// Busy, locked or out of disk; nothing was written. Becomes 503 with Retry-After, typed text kept.
struct Unavailable : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

} // namespace base
