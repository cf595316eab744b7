#pragma once
// pages/shared/files/ reads the files of forms, holds those of a form that comes back, and says what did not arrive.

#include "attachments/kept_files.hpp"
#include "storage/store.hpp"
#include "web/forms/upload.hpp"

#include <string_view>
#include <vector>

namespace pages::shared {

/// A form with files as the page has it.
struct FileForm
{
    /// Its id in the page.
    std::string_view id;
    web::IfRefused if_refused = web::IfRefused::Ask;
};

/// web::check_files() with the rules of the site, after the files that were held for this form.
web::FileCheck read_files(
    web::Context& ctx, const storage::Store& store, const FileForm& form, web::FormErrors& errors);

/// Hold the files that arrived with a form that comes back, and return how the form shows them. A script keeps them
/// itself and says so (X-Files-Kept), and when nothing can be held the page says that they are lost: empty.
std::vector<web::HeldFile> hold_files(web::Context& ctx, storage::Store& store, const web::FileCheck& files);

/// The same for files that were put into the store for a transaction which asked something instead.
std::vector<web::HeldFile> hold_kept(web::Context& ctx, storage::Store& store, attachments::KeptFiles& kept);

/// What did not arrive, as a verb notes it.
std::vector<attachments::LeftOut> left_out_of(const web::FileCheck& files);
/// One sentence for each file that did not arrive, for a receipt.
std::vector<base::Text> sentences_about(const std::vector<attachments::LeftOut>& files);

} // namespace pages::shared
