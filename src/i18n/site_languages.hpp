#pragma once

#include "i18n/language.hpp"

#include <memory>
#include <vector>

namespace i18n {

/// The languages built into the binary: English, which is the default, and one for each file of po/.
std::vector<std::unique_ptr<const Language>> site_languages();

} // namespace i18n
