#pragma once
// What a store that speaks S3 says in XML. Elements are known by their local names, whatever the namespace's prefix.

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace storage {

/// Read the code of an error's answer; empty when the text is no such answer.
std::string s3_error_code(std::string_view xml);

/// True for the answer to a copy that was made; one that fails under way says so in the text, after status 200.
bool is_s3_copy_done(std::string_view xml);

/// One page of a bucket's list.
struct S3Page
{
    struct Object
    {
        std::string key;
        /// Far in the future when the answer does not say: such an object looks young for ever.
        base::Time changed = base::Time::max();
        std::uint64_t size = 0;
    };
    std::vector<Object> objects;
    /// Where the next page begins; empty when this is the last one.
    std::string next;
};
/// Read a ListObjectsV2 answer; empty when the text is no whole one, lest a part be taken for all.
std::optional<S3Page> read_s3_page(std::string_view xml);

} // namespace storage
