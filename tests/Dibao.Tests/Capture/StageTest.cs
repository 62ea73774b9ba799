using Xunit;

namespace Dibao.Tests.Capture;

/// <summary>A capture stage of its own beside a site of its own, for each test.</summary>
public abstract class StageTest : IAsyncLifetime
{
    private protected TestSite Site { get; private set; } = null!;
    private protected TestStage Stage { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        Stage = new(Site.Authority);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Stage.Dispose();
        await Site.DisposeAsync();
    }
}
