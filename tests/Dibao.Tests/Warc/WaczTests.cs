using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dibao.Warc;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Warc;

public class WaczTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_package_holds_what_the_specification_asks_for()
    {
        var bytes = WaczSample.Package();
        using var zip = new ZipArchive(new MemoryStream(bytes));

        zip.Entries.Select(entry => entry.FullName).ShouldBe(
            ["archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl", "datapackage.json", "datapackage-digest.json"]);
        // Read by range out of the package: so not compressed again.
        foreach (var stored in zip.Entries.Where(entry => entry.Name.EndsWith(".gz", StringComparison.Ordinal))) stored.CompressedLength.ShouldBe(stored.Length);
        var package = JsonElement.Parse(Text(zip, "datapackage.json"));
        package.GetProperty("profile").GetString().ShouldBe("data-package");
        package.GetProperty("wacz_version").GetString().ShouldBe("1.1.1");
        package.GetProperty("resources").GetArrayLength().ShouldBe(4);
        var pages = Text(zip, "pages/pages.jsonl").Split('\n');
        pages[0].ShouldBe("""{"format":"json-pages-1.0","id":"pages","title":"All Pages"}""");
        pages[1].ShouldBe("""{"id":"p1","url":"https://hewan.example/bridge","ts":"2026-11-22T06:00:00Z","title":"桥"}""");
        Text(zip, "indexes/index.idx").ShouldStartWith("!meta 0 {\"format\":\"cdxj-gzip-1.0\",\"filename\":\"index.cdx.gz\"}\nexample,hewan)/bridge 20261122060000 {\"offset\":0,");
    }

    [Fact]
    public void The_same_records_give_the_same_bytes() => WaczSample.Package().ShouldBe(WaczSample.Package());

    [Fact]
    public void A_signed_package_names_its_signer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var file = WaczFile.Open("a.wacz", new MemoryStream(WaczSample.Package(key)), new(), Cancel);

        file.Reading.Faults.ShouldBeEmpty();
        file.Reading.Signer.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));
        using var warc = file.OpenWarc(file.Reading.Warcs.ShouldHaveSingleItem());
        new WarcReader(warc).ReadAll(0, Cancel).Count(entry => entry.Damage is null).ShouldBe(WarcSample.Records().Count);
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Should.Throw<ArgumentException>(() => WaczSample.Package(key)).Message.ShouldContain("P-384");
    }

    [Fact]
    public void An_index_of_many_records_is_cut_into_blocks_that_can_be_read_alone()
    {
        using var output = new MemoryStream();
        using (var package = new WaczWriter(output))
        {
            var record = ((WarcReading.Complete)WarcRecord.Read(WarcSample.Records()[WarcSample.Response])).Record;
            for (var n = 0; n < WaczWriter.BlockLines + 5; n++)
            {
                var url = WarcSample.Edited(record.ToBytes(), "https://hewan.example/bridge", $"https://hewan.example/{n:D5}");
                package.Add(((WarcReading.Complete)WarcRecord.Read(url)).Record);
            }
            package.Finish(WaczSample.Description);
        }
        using var zip = new ZipArchive(output);
        var index = Bytes(zip, "indexes/index.cdx.gz");
        var blocks = Text(zip, "indexes/index.idx").Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        blocks.Length.ShouldBe(2);
        blocks[1].ShouldStartWith("example,hewan)/01024 2026");
        var place = JsonElement.Parse(blocks[1][blocks[1].IndexOf('{', StringComparison.Ordinal)..]);
        var member = index.AsSpan(place.GetProperty("offset").GetInt32(), place.GetProperty("length").GetInt32());
        var lines = Encoding.UTF8.GetString(GzipMember.Read(member, 1 << 20).ShouldBeOfType<GzipReading.Complete>().Content.Span).Split('\n');
        lines.Length.ShouldBe(6);
    }

    private static string Text(ZipArchive zip, string name) => Encoding.UTF8.GetString(Bytes(zip, name));

    private static byte[] Bytes(ZipArchive zip, string name)
    {
        using var entry = zip.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);
        return content.ToArray();
    }
}
