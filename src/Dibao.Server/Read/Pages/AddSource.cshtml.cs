namespace Dibao.Server.Read.Pages;

/// <summary>Takes a feed, or a page that points to feeds.</summary>
public sealed class AddSourceModel(AddingRight right, IServiceProvider services) : ReaderPage
{
    public const int MaxCharacters = 2_000;

    private readonly SourceAdding? adding = services.GetService<SourceAdding>();

    public override string Place => "sources";

    public bool CanAdd => adding is not null;
    public bool NeedsToken => right.NeedsToken;
    public string Address { get; private set; } = "";
    public AddOutcome? Outcome { get; private set; }
    public string? Problem { get; private set; }

    public void OnGet(string? url) => Address = url is { Length: <= MaxCharacters } ? url : "";

    public async Task OnPostAsync(string? url, string? token, CancellationToken cancel)
    {
        Address = url?.Trim() ?? "";
        if (adding is null) { Refuse(StatusCodes.Status403Forbidden, Words.ReadOnly); return; }
        if (!right.Allows(Request, token)) { Refuse(StatusCodes.Status403Forbidden, NeedsToken ? Words.TokenWrong : Words.NotFromHere); return; }
        if (Address.Length == 0) { Refuse(StatusCodes.Status400BadRequest, Words.AddressMissing); return; }
        if (Address.Length > MaxCharacters)
        {
            Address = "";
            Refuse(StatusCodes.Status400BadRequest, Ui.Format(Words.AddressTooLong, MaxCharacters));
            return;
        }
        Outcome = await adding.AddAsync(Address, cancel);
        if (Outcome is AddOutcome.Refused refused) Refuse(StatusCodes.Status422UnprocessableEntity, refused.Message);
        else Address = "";
    }

    private void Refuse(int status, string problem) => (Response.StatusCode, Problem) = (status, problem);
}
