using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(1, 1000, 17, "tile/1/x001/000.p/17")]
    [InlineData(Tile.Entries, 273, 112, "tile/entries/273.p/112")]
    public void A_tile_has_one_path_and_a_path_one_tile(int level, long index, int width, string path)
    {
        var tile = new Tile(level, index, width);
        tile.Path.ShouldBe(path);
        Tile.TryParse(path, out var read).ShouldBeTrue();
        read.ShouldBe(tile);
    }

    [Theory]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/../checkpoint")]
    [InlineData("tile/0/x1/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("/tile/0/000")]
    [InlineData("tile//000")]
    [InlineData("")]
    public void No_other_path_is_a_tile(string path) => Tile.TryParse(path, out _).ShouldBeFalse();

    [Fact]
    public void A_tree_of_70000_has_the_tiles_that_the_specification_counts()
    {
        var tiles = Tile.All(70_000).ToList();
        tiles.Count(tile => tile is { Level: 0, IsFull: true }).ShouldBe(273);
        tiles.Single(tile => tile is { Level: 0, IsFull: false }).Width.ShouldBe(112);
        tiles.Count(tile => tile is { Level: 1, IsFull: true }).ShouldBe(1);
        tiles.Single(tile => tile is { Level: 1, IsFull: false }).Width.ShouldBe(17);
        tiles.Single(tile => tile.Level == 2).ShouldBe(new Tile(2, 0, 1));
        tiles.ShouldAllBe(tile => tile.Level <= 2);
        Tile.All(256).ShouldBe([new(Tile.Entries, 0, 256), new(0, 0, 256), new(1, 0, 1)]);
        Tile.All(0).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_written_in_steps_is_what_the_tree_needs_at_each_of_them()
    {
        var grown = new Grown(0);
        foreach (var size in new[] { 1, 5, 255, 256, 600, 601, 1_100 })
        {
            while (grown.Size < size) grown.Append();
            grown.Write();
            foreach (var tile in Tile.All(size)) grown.Tiles.ContainsKey(tile.Path).ShouldBeTrue(tile.Path);
        }
        var direct = new Grown(1_100);
        direct.Write();
        direct.Tiles.Count.ShouldBe(Tile.All(1_100).Count());
        foreach (var (path, bytes) in direct.Tiles) grown.Tiles[path].ShouldBe(bytes, path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(65_536)]
    [InlineData(65_900)]
    public void A_writer_goes_on_where_the_tiles_end(int size)
    {
        var grown = new Grown(size);
        grown.Write();
        var writer = TileWriter.Resume(size, tile => grown.Tiles[tile.Path]);
        writer.Root().ShouldBe(grown.Root(size));
        writer.Take().ShouldBeEmpty();
        for (var n = size; n < size + 300; n++) writer.Append(Grown.Entry(n));
        writer.Root().ShouldBe(new Grown(size + 300).Root(size + 300));
    }

    [Fact]
    public void A_bundle_that_its_hashes_do_not_cover_is_not_gone_on_from()
    {
        var grown = new Grown(10);
        grown.Write();
        Should.Throw<InvalidDataException>(() => TileWriter.Resume(10, tile => Changed(grown.Tiles[tile.Path], tile.Level == Tile.Entries)))
            .Message.ShouldContain("tile/entries/000.p/10");
        Should.Throw<InvalidDataException>(() => TileWriter.Resume(10, tile => grown.Tiles[tile.Path].AsMemory(1)));
    }

    [Fact]
    public void A_bundle_holds_as_many_entries_as_it_says_and_nothing_else()
    {
        var tile = new Tile(Tile.Entries, 0, 2);
        EntryBundle.Read(new byte[] { 0, 1, 7, 0, 0 }, tile).Select(entry => entry.Length).ShouldBe([1, 0]);
        foreach (var bad in new byte[][] { [], [0, 1, 7], [0, 1, 7, 0], [0, 1, 7, 0, 1], [0, 1, 7, 0, 0, 0], [255, 255, 1] })
        {
            Should.Throw<InvalidDataException>(() => EntryBundle.Read(bad, tile));
        }
    }

    private static byte[] Changed(byte[] bytes, bool change)
    {
        if (!change) return bytes;
        var copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }
}
