#include "template_compiler/compiler.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;

constexpr auto usage = "usage: template_compiler --root FOLDER --out FOLDER [--pot FILE]\n";
constexpr auto manifest_name = "templates.manifest";

struct Options
{
    fs::path root;
    fs::path out;
    fs::path pot;
};

Options parse_options(int count, char** values)
{
    Options options;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name = values[i];
        if (name == "--root")
            options.root = fs::absolute(values[i + 1]).lexically_normal();
        else if (name == "--out")
            options.out = values[i + 1];
        else if (name == "--pot")
            options.pot = values[i + 1];
        else
            throw std::invalid_argument(usage);
    }
    if (options.root.empty() || options.out.empty() || count % 2 == 0)
        throw std::invalid_argument(usage);
    if (!options.root.has_filename())
        options.root = options.root.parent_path();
    return options;
}

std::string read(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Leaves an equal file alone, so that ninja does not rebuild what depends on it.
void write_if_changed(const fs::path& file, const std::string& text)
{
    if (fs::exists(file) && read(file) == text)
        return;
    if (file.has_parent_path())
        fs::create_directories(file.parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush())
        throw std::runtime_error(file.string() + ": cannot be written");
}

std::vector<template_compiler::File> read_templates(const fs::path& root)
{
    std::vector<template_compiler::File> templates;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto ending = entry.path().extension();
        if (entry.is_regular_file() && (ending == ".html" || ending == ".txt"))
            templates.push_back({entry.path().lexically_relative(root).generic_string(), read(entry.path())});
    }
    std::ranges::sort(templates, {}, &template_compiler::File::path);
    return templates;
}

// The manifest lists what was written, so the files of a removed template can go too.
void remove_stale(const fs::path& out, const std::set<std::string>& current)
{
    std::ifstream manifest(out / manifest_name);
    for (std::string path; std::getline(manifest, path);) {
        if (!current.contains(path))
            fs::remove(out / path);
    }
}

void write(const Options& options, const template_compiler::Result& result)
{
    std::set<std::string> current;
    for (const auto& file : result.files)
        current.insert(file.path);
    remove_stale(options.out, current);
    std::string manifest;
    for (const auto& file : result.files) {
        write_if_changed(options.out / file.path, file.text);
        manifest += file.path + "\n";
    }
    if (!options.pot.empty())
        write_if_changed(options.pot, result.pot);
    // Written always: its time tells the build that the compiler ran.
    fs::create_directories(options.out);
    std::ofstream(options.out / manifest_name, std::ios::binary | std::ios::trunc) << manifest;
}

int run(int count, char** values)
{
    const auto options = parse_options(count, values);
    const auto result = template_compiler::compile(read_templates(options.root), options.root.filename().string());
    for (const auto& error : result.errors)
        std::cerr << error << "\n";
    if (!result.errors.empty())
        return 1;
    write(options, result);
    return 0;
}

} // namespace

int main(int count, char** values)
{
    try {
        return run(count, values);
    } catch (const std::exception& error) {
        std::cerr << "template_compiler: " << error.what() << "\n";
        return 2;
    }
}
