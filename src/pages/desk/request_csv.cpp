#include "pages/desk/request_csv.hpp"

#include "base/reference.hpp"
#include "pages/desk/csv.hpp"
#include "queue/export.hpp"

#include <fmt/format.h>

#include <utility>

namespace pages::desk {

namespace {

constexpr std::size_t rows_at_once = 500;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view header = "id,reference,username,full_name,email,account_number,address,request_type,status,"
                                    "description,submitted_at,resolved_at,"
                                    "updated_at,public_comments,attachments\r\n";

/// Reads a few hundred rows, each time in a snapshot of its own, after the last one written.
class CsvSource final : public http::BodySource
{
  public:
    CsvSource(web::Site& site, search::Filter filter) : site_(site), filter_(std::move(filter)) {}

    bool next(std::string& piece) override
    {
        if (!has_begun_) {
            piece += byte_order_mark;
            piece += header;
            has_begun_ = true;
        }
        const db::ReadLease lease = site_.database.read();
        std::size_t rows = 0;
        for (const db::Row row : queue::export_rows(*lease, filter_, last_, rows_at_once)) {
            const auto exported = queue::export_row(row);
            add_row(piece, exported);
            last_ = exported.id;
            ++rows;
        }
        return rows == rows_at_once;
    }

  private:
    void add_row(std::string& csv, const queue::ExportRow& row) const
    {
        const auto cell = [&csv](std::string_view text) {
            add_cell(csv, text);
            csv += ',';
        };
        fmt::format_to(std::back_inserter(csv), "{},{},", row.id.value, base::reference(row.id));
        cell(row.username);
        cell(row.full_name);
        cell(row.email);
        cell(row.account_number);
        cell(row.address);
        cell(row.request_type);
        csv += row.status;
        csv += ',';
        cell(row.description);
        csv += site_.zone.iso_local(row.submitted_at);
        csv += ',';
        if (row.resolved_at)
            csv += site_.zone.iso_local(*row.resolved_at);
        csv += ',';
        csv += site_.zone.iso_local(row.updated_at);
        fmt::format_to(std::back_inserter(csv), ",{},{}\r\n", row.public_comments, row.attachments);
    }

    web::Site& site_;
    search::Filter filter_;
    ServiceRequestId last_;
    bool has_begun_ = false;
};

} // namespace

std::unique_ptr<http::BodySource> request_csv(web::Site& site, search::Filter filter)
{
    return std::make_unique<CsvSource>(site, std::move(filter));
}

} // namespace pages::desk
